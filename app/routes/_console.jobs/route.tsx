import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator, useSearchParams } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { listJobs } from '#app/modules/triage/index.server.ts';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import type { JobState } from '#app/modules/triage/schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { jobsAction } from './action.server.ts';
import { JOB_COLUMNS } from './columns.tsx';

export const meta = () => [{ title: 'Bulk jobs · Leadline' }];

const VIEWS: { key: string; label: string; states: readonly JobState[] }[] = [
  { key: 'all', label: 'All', states: [] },
  { key: 'active', label: 'Running', states: ['collecting', 'probing', 'running'] },
  { key: 'stopped', label: 'Stopped', states: ['stopped'] },
  { key: 'done', label: 'Done', states: ['done'] },
  { key: 'canceled', label: 'Canceled', states: ['canceled'] },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const view = VIEWS.find(({ key }) => key === query.get('view')) ?? VIEWS[0];
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64).toWellFormed() || undefined;
  const page = await listJobs(context.ctx, {
    state: view?.states ?? [],
    after: given('after'),
    before: given('before'),
  });
  return { ...page, view: view?.key ?? 'all' };
}

/** Starts a job: what the bulk dialog of every list posts to. */
export const action = jobsAction;

/** Every bulk job: its name, who started it, how far it is, and what came of it. */
export default function Jobs() {
  const data = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const { revalidate } = useRevalidator();
  useLive(['jobs'], revalidate);
  const href = (change: Record<string, string>): string => {
    const next = new URLSearchParams(query);
    for (const name of ['after', 'before']) next.delete(name);
    for (const [name, value] of Object.entries(change)) next.set(name, value);
    return `?${next}`;
  };
  return (
    <Workspace>
      <PageHead title="Bulk jobs" sub="one action on everything that matches a filter" />
      <Tabs
        label="Bulk jobs by state"
        current={data.view}
        items={VIEWS.map(({ key, label }) => ({
          key,
          label,
          to: key === 'all' ? '/jobs' : `/jobs?view=${key}`,
        }))}
      />
      <DataTable<JobView>
        label="Bulk jobs"
        columns={JOB_COLUMNS}
        rows={data.items}
        rowId={(job) => job.id}
        rowHref={(job) => `/jobs/${encodeURIComponent(job.id)}`}
        empty={<NoJobs view={data.view} />}
        minWidth={980}
        footer={{
          text: `${data.items.length} ${data.items.length === 1 ? 'job' : 'jobs'}${data.nextAfter === null && data.prevBefore === null ? '' : ' on this page'}`,
          prevHref: data.prevBefore && href({ before: data.prevBefore }),
          nextHref: data.nextAfter && href({ after: data.nextAfter }),
        }}
      />
    </Workspace>
  );
}

function NoJobs({ view }: { view: string }) {
  if (view !== 'all')
    return (
      <EmptyState
        kind="no-match"
        title="No bulk job in this state"
        actions={<ButtonLink to="/jobs">Show all</ButtonLink>}
      />
    );
  return (
    <EmptyState
      kind="empty"
      title="No bulk job yet"
      actions={<ButtonLink to="/postbacks">Go to Postbacks</ButtonLink>}
    >
      Select rows of the Postbacks list, or everything that matches its filters, and retry, cancel or
      acknowledge them. What was started is here, with its progress and what came of every row.
    </EmptyState>
  );
}
