import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator, useSearchParams } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { listJobs } from '#app/modules/triage/index.server.ts';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { JOB_COLUMNS } from './columns.tsx';
import { readView, VIEWS } from './filters.ts';

export const meta = () => [{ title: 'Bulk jobs · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const view = readView(query);
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64).toWellFormed() || undefined;
  const page = await listJobs(context.ctx, {
    state: view.states,
    after: given('after'),
    before: given('before'),
  });
  return { ...page, view: view.key };
}

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
      <PageHead
        title="Bulk jobs"
        sub="one action on everything that matches a filter"
        actions={<ExportLink table="jobs" query={query.toString()} schedulable={false} />}
      />
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
