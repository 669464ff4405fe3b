import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Server } from 'lucide-react';
import { readFourEyes } from '#app/modules/disputes/index.server.ts';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { AccountPanel } from './account-panel.tsx';
import { FourEyesPanel } from './four-eyes-panel.tsx';
import { readAccountRules } from './read-accounts.server.ts';

export const meta = () => [{ title: 'Refunds · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const accounts = await readAccountRules(context);
  const query = new URL(request.url).searchParams;
  const saved = accounts.find(({ id }) => id === query.get('saved'))?.name ?? null;
  return {
    accounts,
    fourEyes: await readFourEyes(context.ctx),
    fourEyesSaved: query.get('saved') === 'four-eyes',
    saved,
    what: query.get('what') === 'margin' ? ('margin' as const) : ('rules' as const),
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

/** What happens to refunds by themselves, account by account. */
export default function RefundSettings() {
  const { accounts, fourEyes, fourEyesSaved, saved, what, role, roles, mayManage } =
    useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['accounts', 'refunds'], revalidate, 3_000);
  return (
    <div className="page-body readable pt-4">
      {!mayManage && <RoleNote doing="Changing refund rules" roles={roles} mine={role} />}
      {saved !== null && (
        <div role="status">
          <Callout
            meaning="good"
            title={
              what === 'margin' ? `The margin of ${saved} is saved.` : `The rules of ${saved} are saved.`
            }
          >
            They decide about refunds from now on, and about those in a grace time when it ends; what was
            decided stays.
          </Callout>
        </div>
      )}
      {fourEyesSaved && (
        <div role="status">
          <Callout meaning="good" title="Four eyes are saved.">
            They decide about disputes from now on; what waits for approval goes on waiting.
          </Callout>
        </div>
      )}
      <p className="c2">
        What Leadline does about a refund by itself. A campaign follows its account unless it has rules of its
        own. Whatever the rules say, a person is asked where it is not certain which order is meant, where the
        currency is another one, and where more was given back than the order was worth.
      </p>
      {accounts.length === 0 ? (
        <section className="panel">
          <EmptyState
            kind="empty"
            icon={Server}
            title="No network account yet"
            actions={mayManage && <ButtonLink to="/settings/accounts/new">Add an account</ButtonLink>}
          >
            Rules belong to an account at a network. Until there is one, the standard rules hold: full
            refunds, chargebacks and fraud reports are disputed at once, partial refunds ask a person.
          </EmptyState>
        </section>
      ) : (
        accounts.map((account) => <AccountPanel key={account.id} account={account} mayManage={mayManage} />)
      )}
      <FourEyesPanel rule={fourEyes} mayManage={mayManage} />
    </div>
  );
}
