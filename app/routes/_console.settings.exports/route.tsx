import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { CalendarClock, MailWarning, Plus } from 'lucide-react';
import { NO_MAIL } from '#app/modules/alerts/index.server.ts';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { listSchedules } from '#app/modules/scheduled/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { exportsAction } from './act.server.ts';
import { SCHEDULE_COLUMNS } from './columns.tsx';

export const meta = () => [{ title: 'Scheduled exports · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return {
    schedules: await listSchedules(context.ctx),
    removed: new URL(request.url).searchParams.has('removed'),
    noMail: context.alerts.mailer === null ? NO_MAIL : null,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

export const action = (args: ActionFunctionArgs) => exportsAction(args);

/** Which lists go out by email, when, and what came of it. */
export default function ScheduledExports() {
  const { schedules, removed, noMail, role, roles, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['alerts'], revalidate);
  const add = mayManage && (
    <ButtonLink to="/settings/exports/new" variant="primary" icon={Plus}>
      Schedule an export
    </ButtonLink>
  );
  return (
    <div className="page-body pt-4">
      {!mayManage && <RoleNote doing="Scheduling exports" roles={roles} mine={role} />}
      {removed && (
        <div role="status">
          <Callout meaning="good" title="It is removed.">
            Nothing more is sent.
          </Callout>
        </div>
      )}
      <div className="flex items-center gap-3">
        <p className="c2 grow">Lists of the console by email, every week or month, with their filters.</p>
        {schedules.length > 0 && add}
      </div>
      {noMail !== null && schedules.length > 0 && (
        <Callout meaning="needs" icon={MailWarning} title="Email does not leave.">
          {noMail} Until then scheduled exports fail and say so here.
        </Callout>
      )}
      <Panel title="Scheduled exports" padded={false} end={`${schedules.length}`}>
        <DataTable
          label="Scheduled exports"
          columns={SCHEDULE_COLUMNS}
          rows={schedules}
          rowId={(item) => item.id}
          rowHref={(item) => `/settings/exports/${item.id}`}
          minWidth={1100}
          empty={
            <EmptyState kind="empty" icon={CalendarClock} title="Nothing is sent by itself yet" actions={add}>
              Filter a list as you need it and press Schedule beside Export, or begin here: refunds of the
              week for finance, losses of the month, leads that are due.
            </EmptyState>
          }
        />
      </Panel>
    </div>
  );
}
