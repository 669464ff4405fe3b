import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { CircleAlert, Download, List, ListFilter } from 'lucide-react';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { writeFilter } from '#app/modules/outbox/filter-schema.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { countJobItems, getJob, listJobItems } from '#app/modules/triage/index.server.ts';
import type { JobItemView, JobView } from '#app/modules/triage/job-schema.ts';
import { ITEM_STATES, type ItemState } from '#app/modules/triage/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { Time } from '#app/ui/time.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { JobBanner } from '../_console.jobs/job-banner.tsx';
import { stateOf } from '../_console.jobs/job-words.ts';
import { ITEM_COLUMNS } from './columns.tsx';
import { RetryLeft } from './retry-left.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? data.job.name : 'Bulk job'} · Leadline` },
];

/** Longer queries are no links: a selection by hand of many rows. */
const LINK_MAX = 1_500;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { ctx } = context;
  const query = new URL(request.url).searchParams;
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64).toWellFormed() || undefined;
  const state = ITEM_STATES.find((known) => known === query.get('state'));
  const { filter, ...job } = await getJob(ctx, params.id ?? '').catch(notFound);
  const [page, counts] = await Promise.all([
    listJobItems(ctx, { jobId: job.id, state, after: given('after'), before: given('before') }),
    countJobItems(ctx, job.id),
  ]);
  return {
    job,
    ...page,
    counts,
    state: state ?? null,
    filterQuery: linkOf(filter),
    mayCancel: can(actor.role, 'triage'),
  };
}

function notFound(error: unknown): never {
  if (error instanceof AppError && error.code === 'NOT_FOUND')
    throw new Response(error.message, { status: 404 });
  throw error;
}

function linkOf(filter: PostbackFilter): string | null {
  const query = new URLSearchParams(writeFilter(filter)).toString();
  return query.length > LINK_MAX ? null : query;
}

const LABELS: Record<ItemState, string> = {
  done: 'Done',
  failed: 'Failed again',
  under_way: 'Under way',
  waiting: 'Waiting',
  skipped: 'Left out',
  canceled: 'Left as it was',
};
const CAP = 1_000;
const counted = (n: number): string => formatCount(Math.min(n, CAP), n > CAP);

/** One bulk job: its progress as it goes, and what came of every row. */
export default function JobPage() {
  const data = useLoaderData<typeof loader>();
  const { job, state, counts } = data;
  const { revalidate } = useRevalidator();
  useLive(['jobs'], revalidate);
  const here = `/jobs/${encodeURIComponent(job.id)}`;
  const tabs = (Object.keys(LABELS) as ItemState[]).filter((key) => counts[key] > 0 || key === state);
  const href = (name: 'after' | 'before', id: string): string =>
    `${here}?${new URLSearchParams({ ...(state ? { state } : {}), [name]: id })}`;
  return (
    <Workspace>
      <PageHead
        title={job.name}
        sub={
          <>
            <StatusBadge {...stateOf(job)} />
            <span className="ml-2">
              {job.selection} · started by {job.createdByName} <Time at={job.createdAt} />
            </span>
          </>
        }
        actions={<Links job={job} filterQuery={data.filterQuery} mayRetry={data.mayCancel} />}
      />
      <div className="px-4 md:px-5 pb-3">
        <JobBanner job={job} link={false} mayCancel={data.mayCancel} />
      </div>
      <Tabs
        label="Rows by what came of them"
        current={state ?? 'all'}
        items={[
          { key: 'all', to: here, label: 'All', count: formatCount(job.matched) },
          ...tabs.map((key) => ({
            key,
            to: `${here}?state=${key}`,
            label: LABELS[key],
            count: counted(counts[key]),
          })),
        ]}
      />
      <DataTable<JobItemView>
        label="Rows of the job"
        columns={ITEM_COLUMNS}
        rows={data.items}
        rowId={(item) => item.messageId}
        rowHref={(item) => `/postbacks/${encodeURIComponent(item.messageId)}`}
        empty={<NoRows collecting={job.state === 'collecting'} href={here} />}
        minWidth={980}
        footer={{
          text: `${formatCount(data.items.length)} on this page`,
          prevHref: data.prevBefore && href('before', data.prevBefore),
          nextHref: data.nextAfter && href('after', data.nextAfter),
        }}
      />
    </Workspace>
  );
}

function Links({
  job,
  filterQuery,
  mayRetry,
}: {
  job: JobView;
  filterQuery: string | null;
  mayRetry: boolean;
}) {
  return (
    <>
      {mayRetry && <RetryLeft job={job} />}
      {job.issueId !== null && (
        <ButtonLink small icon={CircleAlert} to={`/issues?open=${encodeURIComponent(job.issueId)}`}>
          Issue
        </ButtonLink>
      )}
      {filterQuery !== null && (
        <ButtonLink small icon={ListFilter} to={`/postbacks?${filterQuery}`} className="hide-s">
          Its filter
        </ButtonLink>
      )}
      <ButtonLink
        small
        icon={Download}
        to={`/export/job-rows.csv?id=${encodeURIComponent(job.id)}`}
        reloadDocument
      >
        CSV
      </ButtonLink>
      <ButtonLink small variant="quiet" icon={List} to="/jobs" className="hide-s">
        All jobs
      </ButtonLink>
    </>
  );
}

function NoRows({ collecting, href }: { collecting: boolean; href: string }) {
  if (collecting)
    return (
      <EmptyState kind="slow" title="Writing down what matches">
        The rows appear as they are found.
      </EmptyState>
    );
  return (
    <EmptyState
      kind="no-match"
      title="No row of this kind"
      actions={<ButtonLink to={href}>Show all rows</ButtonLink>}
    />
  );
}
