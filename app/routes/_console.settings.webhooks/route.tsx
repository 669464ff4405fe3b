import { parseWithZod } from '@conform-to/zod/v4';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Plus, Webhook } from 'lucide-react';
import { can, requireSameOrigin, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { listEndpoints, readRetention, saveRetention } from '#app/modules/webhooks/index.server.ts';
import { retentionSchema } from '#app/modules/webhooks/retention-schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { useLive } from '#app/ui/use-live.ts';
import { type FormAnswer, refused } from '../_console.settings/refused.server.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { ENDPOINT_COLUMNS } from './endpoint-columns.tsx';
import { RetentionForm } from './retention-form.tsx';

export const meta = () => [{ title: 'Webhooks · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return {
    endpoints: await listEndpoints(context.ctx),
    keptDays: await readRetention(context.ctx),
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

/** Sets for how many days bodies of events are kept. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const submission = parseWithZod(await request.formData(), { schema: retentionSchema });
  if (submission.status !== 'success')
    return data<FormAnswer>({ reply: submission.reply() }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const { days } = submission.value;
    await saveRetention(context.ctx, { days, actor });
    return data<FormAnswer>({ reply: submission.reply({ resetForm: true }), savedDays: days });
  } catch (error) {
    return refused(submission, error, ['days']);
  }
}

export default function Webhooks() {
  const { endpoints, keptDays, role, roles, mayManage } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const { revalidate } = useRevalidator();
  useLive(['webhooks'], revalidate, 3_000);
  const add = mayManage && (
    <ButtonLink to="/settings/webhooks/new" variant="primary" icon={Plus}>
      Add an endpoint
    </ButtonLink>
  );
  return (
    <div className="page-body pt-4">
      {!mayManage && <RoleNote doing="Changing webhook endpoints" roles={roles} mine={role} />}
      <div className="flex items-center gap-3">
        <p className="c2 grow">
          Payment providers tell of orders, refunds and chargebacks here, signed. What they tell becomes
          conversions and refunds by itself.
        </p>
        {endpoints.length > 0 && add}
      </div>
      <Panel title="Endpoints" padded={false} end={`${endpoints.length}`}>
        <DataTable
          label="Webhook endpoints"
          columns={ENDPOINT_COLUMNS}
          rows={endpoints}
          rowId={(item) => item.id}
          rowHref={(item) => `/settings/webhooks/${item.id}`}
          minWidth={720}
          empty={
            <EmptyState
              kind="empty"
              icon={Webhook}
              title="No provider tells Leadline of refunds yet"
              actions={add}
            >
              Add an endpoint for Stripe, Shopify or Paddle: paste its address there, switch the events on,
              and paste the secret here. Refunds and chargebacks then find their leads before the holding
              period ends.
            </EmptyState>
          }
        />
      </Panel>
      <RetentionForm
        days={keptDays}
        reply={answer?.reply}
        savedDays={answer?.savedDays}
        mayManage={mayManage}
      />
    </div>
  );
}
