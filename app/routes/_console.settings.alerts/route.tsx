import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { BellPlus, MailWarning } from 'lucide-react';
import { listChannels, listRules, missingKinds, NO_MAIL } from '#app/modules/alerts/index.server.ts';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { alertsAction } from './act.server.ts';
import { AlertsHead } from './alerts-head.tsx';
import { ChannelList } from './channel-list.tsx';
import { RuleList } from './rule-list.tsx';
import { Saved } from './saved.tsx';

export const meta = () => [{ title: 'Alerts · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { ctx, alerts } = context;
  const rules = await listRules(ctx, alerts);
  const query = new URL(request.url).searchParams;
  return {
    rules,
    channels: await listChannels(ctx),
    missing: missingKinds(rules.map(({ kind }) => kind)).length,
    saved: query.get('saved'),
    noMail: alerts.mailer === null ? NO_MAIL : null,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

export const action = (args: ActionFunctionArgs) => alertsAction(args);

export default function Alerts() {
  const { rules, channels, missing, saved, noMail, role, roles, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['alerts'], revalidate);
  const hasMail = channels.some(({ kind }) => kind === 'email');
  return (
    <div className="page-body readable pt-4">
      {!mayManage && <RoleNote doing="Changing alerts" roles={roles} mine={role} />}
      <AlertsHead current="rules" />
      <Saved id={saved} rules={rules} channels={channels} />
      {noMail !== null && hasMail && (
        <Callout meaning="needs" icon={MailWarning} title="Email does not leave.">
          {noMail} Until then alerts by email fail and stand in the log.
        </Callout>
      )}
      {channels.length === 0 ? (
        <section className="panel">
          <EmptyState
            kind="empty"
            icon={BellPlus}
            title="Nobody is told yet"
            actions={
              mayManage && (
                <ButtonLink to="/settings/alerts/channels/new" variant="primary">
                  Add a channel
                </ButtonLink>
              )
            }
          >
            Add where alerts go: an email address, a Slack channel, or a signed webhook of yours. Then a set
            of sensible rules is one press away: new causes, leads due, silence, networks that refuse
            everything.
          </EmptyState>
        </section>
      ) : (
        <>
          <RuleList rules={rules} missing={missing} mayManage={mayManage} />
          <ChannelList channels={channels} mayManage={mayManage} noMail={noMail} />
        </>
      )}
    </div>
  );
}
