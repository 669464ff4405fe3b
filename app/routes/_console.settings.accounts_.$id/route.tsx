import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { type AccountItem, listAccounts } from '#app/modules/campaigns/index.server.ts';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { AccountFields } from '../_console.settings.accounts/account-fields.tsx';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { saveFromForm } from '../_console.settings.accounts/save.server.ts';

export const meta = () => [{ title: 'Change an account · Settings · Leadline' }];

async function find(context: AppLoadContext, id: string | undefined) {
  const account = (await listAccounts(context.ctx)).find((item) => item.id === id);
  const connector = context.wiring.connectors().find((item) => item.id === account?.connector);
  if (!account || !connector) throw new Response(null, { status: 404 });
  return { account, connector };
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const { account, connector } = await find(context, params.id);
  return {
    name: account.name,
    network: connector.label,
    fixed: account.origin === 'env',
    initial: {
      name: account.name,
      baseUrl: account.baseUrl,
      retryScheduleSeconds: account.retryScheduleSeconds ?? '',
    },
    credentials: connector.credentialFields.map(({ name, label, help, placeholder }) => ({
      name,
      label,
      help,
      placeholder,
      hint: hintOf(account, name),
    })),
    defaultSchedule: (context.config.RETRY_SCHEDULE_SECONDS ?? connector.retryScheduleSeconds).join(','),
  };
}

const hintOf = (account: AccountItem, field: string): string | null => account.credentialHints[field] ?? null;

export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireUser(request, context);
  const { account, connector } = await find(context, params.id);
  return saveFromForm(request, context, connector, account.id);
}

export default function ChangeAccount() {
  const { name, network, fixed, ...form } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      {fixed && (
        <Callout title="This account follows the environment.">
          Its address and key are read from there at every start, so change them there. How it retries is set
          here.
        </Callout>
      )}
      <Panel title={`Change ${name}`} end={network}>
        <AccountFields {...form} fixed={fixed} reply={answer?.reply} submit="Save" />
      </Panel>
    </div>
  );
}
