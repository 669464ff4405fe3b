import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listAccounts } from '#app/modules/campaigns/index.server.ts';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { AccountFields } from '../_console.settings.accounts/account-fields.tsx';
import { orForbidden, pickConnector } from '../_console.settings.accounts/pick.server.ts';
import { saveFromForm } from '../_console.settings.accounts/save.server.ts';

export const meta = () => [{ title: 'Add an account · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const connector = pickConnector(request, context);
  const taken = (await listAccounts(context.ctx)).map((account) => account.name);
  return {
    connector: { id: connector.id, label: connector.label },
    connectors: context.wiring.connectors().map(({ id, label }) => ({ id, label })),
    initial: {
      name: taken.includes(connector.id) ? '' : connector.id,
      baseUrl: connector.defaultBaseUrl,
      retryScheduleSeconds: '',
    },
    credentials: connector.credentialFields.map(({ name, label, help, placeholder }) => ({
      name,
      label,
      help,
      placeholder,
      hint: null,
    })),
    defaultSchedule: (context.config.RETRY_SCHEDULE_SECONDS ?? connector.retryScheduleSeconds).join(','),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  return saveFromForm(request, context, pickConnector(request, context));
}

export default function NewAccount() {
  const { connector, connectors, ...form } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const choice = connectors.map(({ id, label }) => ({ value: id, label, to: `?connector=${id}` }));
  return (
    <div className="page-body readable pt-4">
      <Panel
        title={`Add an account at ${connector.label}`}
        end={choice.length > 1 && <Segmented label="Network" value={connector.id} options={choice} small />}
      >
        <AccountFields key={connector.id} {...form} reply={answer?.reply} submit="Add the account" />
      </Panel>
    </div>
  );
}
