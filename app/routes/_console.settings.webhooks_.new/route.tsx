import { parseWithZod } from '@conform-to/zod/v4';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Server } from 'lucide-react';
import { listAccounts } from '#app/modules/campaigns/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { endpointInput } from '#app/modules/webhooks/endpoint-schema.ts';
import { createEndpoint, listEndpoints } from '#app/modules/webhooks/index.server.ts';
import { SOURCES } from '#app/modules/webhooks/schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { refused } from '../_console.settings/refused.server.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { EndpointForm } from '../_console.settings.webhooks/endpoint-form.tsx';
import { PROVIDERS } from '../_console.settings.webhooks/provider-words.ts';

export const meta = () => [{ title: 'Add a webhook endpoint · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const asked = new URL(request.url).searchParams.get('source');
  const source = SOURCES.find((known) => known === asked) ?? 'stripe';
  const taken = (await listEndpoints(context.ctx)).filter((one) => one.source === source);
  return {
    source,
    accounts: (await listAccounts(context.ctx)).map(({ id, name }) => ({ id, name })),
    initialName: taken.some(({ path }) => path.endsWith('/default')) ? '' : 'default',
    publicUrl: context.config.publicUrl,
  };
}

/** Makes the endpoint and shows it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const submission = parseWithZod(await request.formData(), { schema: endpointInput });
  if (submission.status !== 'success')
    return data({ reply: submission.reply({ hideFields: ['secret'] }) }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    const { id } = await createEndpoint(context.ctx, { endpoint: submission.value, actor });
    return redirect(`/settings/webhooks/${id}`);
  } catch (error) {
    return refused(submission, error, ['name', 'accountId', 'secret'], ['secret']);
  }
}

export default function NewEndpoint() {
  const { source, accounts, ...form } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const options = SOURCES.map((value) => ({
    value,
    label: PROVIDERS[value].label,
    to: `/settings/webhooks/new?source=${value}`,
  }));
  return (
    <div className="page-body readable pt-4">
      <div className="flex items-center gap-3">
        <h2 className="semi grow">Add a webhook endpoint</h2>
        <Segmented label="Provider" value={source} options={options} small />
      </div>
      {accounts.length === 0 ? (
        <section className="panel">
          <EmptyState
            kind="empty"
            icon={Server}
            title="Add a network account first"
            actions={
              <ButtonLink to="/settings/accounts/new" variant="primary">
                Add an account
              </ButtonLink>
            }
          >
            What a provider tells is reported to an account, and there is none yet.
          </EmptyState>
        </section>
      ) : (
        <EndpointForm key={source} source={source} accounts={accounts} {...form} reply={answer?.reply} />
      )}
    </div>
  );
}
