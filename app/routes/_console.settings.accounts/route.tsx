import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Plus, Server } from 'lucide-react';
import { listAccounts } from '#app/modules/campaigns/index.server.ts';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { listBreakers } from '#app/modules/triage/index.server.ts';
import { isPracticeAddress } from '#app/platform/practice-address.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { AccountPanel } from './account-panel.tsx';

export const meta = () => [{ title: 'Accounts · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const connectors = new Map(context.wiring.connectors().map((connector) => [connector.id, connector]));
  const held = await listBreakers(context.ctx, { open: true });
  const accounts = (await listAccounts(context.ctx)).map(({ credentialHints, ...account }) => {
    const connector = connectors.get(account.connector);
    return {
      ...account,
      held: held.filter((breaker) => breaker.accountId === account.id),
      network: connector?.label ?? account.connector,
      practice: isPracticeAddress(account.baseUrl),
      credentials: (connector?.credentialFields ?? []).map(({ name, label }) => ({
        label,
        value: credentialHints[name] ?? null,
      })),
      schedule:
        account.retryScheduleSeconds ??
        (context.config.RETRY_SCHEDULE_SECONDS ?? connector?.retryScheduleSeconds ?? []).join(','),
    };
  });
  const saved = new URL(request.url).searchParams.get('saved');
  return {
    accounts,
    saved: accounts.find((account) => account.id === saved)?.name ?? null,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
    mayTriage: can(actor.role, 'triage'),
  };
}

export default function Accounts() {
  const { accounts, saved, role, roles, mayManage, mayTriage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['accounts', 'breakers', 'issues'], revalidate);
  const add = mayManage && (
    <ButtonLink to="/settings/accounts/new" variant="primary" icon={Plus}>
      Add an account
    </ButtonLink>
  );
  return (
    <div className="page-body readable pt-4">
      {!mayManage && <RoleNote doing="Changing accounts" roles={roles} mine={role} />}
      {saved !== null && (
        <div role="status">
          <Callout meaning="good" title={`${saved} is saved.`}>
            What is sent from now on uses it. Postbacks that its key held up are released under{' '}
            <TextLink to="/issues">Issues</TextLink>.
          </Callout>
        </div>
      )}
      <div className="flex items-center gap-3">
        <p className="c2 grow">Credentials at networks. Reports name an account as “network”.</p>
        {accounts.length > 0 && add}
      </div>
      {accounts.length === 0 ? (
        <section className="panel">
          <EmptyState kind="empty" icon={Server} title="No network account yet" actions={add}>
            Nothing can be sent until there is one. You need the API key of your advertiser account at the
            network.
          </EmptyState>
        </section>
      ) : (
        accounts.map((account) => (
          <AccountPanel key={account.id} account={account} mayManage={mayManage} mayTriage={mayTriage} />
        ))
      )}
    </div>
  );
}
