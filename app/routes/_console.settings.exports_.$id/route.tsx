import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Pause, ScrollText } from 'lucide-react';
import { NO_MAIL } from '#app/modules/alerts/index.server.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { listRuns } from '#app/modules/scheduled/index.server.ts';
import { LISTS } from '#app/modules/scheduled/schema.ts';
import { rhythmWords } from '#app/modules/scheduled/words-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { exportsAction } from '../_console.settings.exports/act.server.ts';
import { whatWords } from '../_console.settings.exports/columns.tsx';
import { findSchedule } from '../_console.settings.exports/save.server.ts';
import { Acts } from './acts.tsx';
import { LOG_COLUMNS } from './log-columns.tsx';

export const meta = () => [{ title: 'A scheduled export · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const schedule = await findSchedule(context, params.id);
  const query = new URL(request.url).searchParams;
  const cursor = (name: string) => query.get(name)?.slice(0, 64) || undefined;
  const [before, after] = [cursor('before'), cursor('after')];
  return {
    schedule,
    log: await listRuns(context.ctx, { exportId: schedule.id, before, after }),
    first: before === undefined && after === undefined,
    noMail: context.alerts.mailer === null ? NO_MAIL : null,
    mayManage: can(actor.role, 'manage_settings'),
  };
}

export const action = (args: ActionFunctionArgs) => exportsAction(args);

/** One scheduled export: what goes out, when, to whom, and every sending. */
export default function SchedulePage() {
  const { schedule, log, first, noMail, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['alerts'], revalidate);
  const { id, name, list, query, channel, status, pausedWhy, nextAt, owner } = schedule;
  const href = (to: Record<string, string>) => `/settings/exports/${id}?${new URLSearchParams(to)}`;
  return (
    <div className="page-body pt-4">
      <p>
        <TextLink to="/settings/exports">Scheduled exports</TextLink>
      </p>
      <Panel title={name}>
        {status === 'paused' && (
          <div className="mb-3">
            <Callout meaning="needs" icon={Pause} title="It is paused.">
              {pausedWhy}
            </Callout>
          </div>
        )}
        {noMail !== null && (
          <div className="mb-3">
            <Callout meaning="needs" title="Email does not leave.">
              {noMail}
            </Callout>
          </div>
        )}
        <Facts
          items={[
            {
              term: 'What',
              value: (
                <TextLink to={`${LISTS[list].path}${query === '' ? '' : `?${query}`}`}>
                  {whatWords(schedule)}
                </TextLink>
              ),
              wrap: true,
            },
            { term: 'When', value: rhythmWords(schedule), wrap: true },
            {
              term: 'Next',
              value: status === 'paused' ? 'when it is resumed' : <Time at={nextAt} as="full" />,
              wrap: true,
            },
            {
              term: 'Goes to',
              value: channel
                ? `${channel.name}: ${channel.hint}${channel.enabled ? '' : ' (switched off)'}`
                : 'a channel that was removed',
              wrap: true,
            },
            { term: 'Runs for', value: `${owner.name}, with their permission`, wrap: true },
          ]}
        />
        {mayManage && <Acts schedule={schedule} />}
      </Panel>
      <Panel title="Log" padded={false}>
        <DataTable
          label="Log of sendings"
          columns={LOG_COLUMNS}
          rows={log.items}
          rowId={(run) => run.id}
          minWidth={760}
          empty={
            <EmptyState kind="empty" icon={ScrollText} title="Nothing was sent yet">
              Every sending stands here with its rows, its size, and what the mail server said. Send now tries
              it at once.
            </EmptyState>
          }
          footer={{
            text: `${log.items.length} ${log.items.length === 1 ? 'sending' : 'sendings'}${first ? ', the newest' : ''}`,
            prevHref: log.prev === null ? null : href({ after: log.prev }),
            nextHref: log.next === null ? null : href({ before: log.next }),
          }}
        />
      </Panel>
    </div>
  );
}
