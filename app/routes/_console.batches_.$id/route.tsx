import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Download, List } from 'lucide-react';
import {
  type BatchRow,
  type BatchView,
  ROW_STATES,
  type RowState,
} from '#app/modules/disputes/batch-schema.ts';
import { getBatch, listBatchRows } from '#app/modules/disputes/index.server.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { BatchProgress, CancelBatch } from '../_console.batches/batch-banner.tsx';
import { isActive, stateOf } from '../_console.batches/batch-words.ts';
import { ROW_COLUMNS, ROW_LOOKS } from './columns.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? data.batch.name : 'Disputes in bulk'} · Leadline` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64).toWellFormed() || undefined;
  const state = ROW_STATES.find((known) => known === query.get('state'));
  const batch = await getBatch(context.ctx, params.id ?? '').catch(notFound);
  const page = await listBatchRows(context.ctx, {
    batchId: batch.id,
    state,
    limit: 50,
    after: given('after'),
    before: given('before'),
  });
  return { batch, ...page, state: state ?? null, mayCancel: can(actor.role, 'dispute_lead') };
}

function notFound(error: unknown): never {
  if (error instanceof AppError && error.code === 'NOT_FOUND')
    throw new Response(error.message, { status: 404 });
  throw error;
}

/** Rows in each state. What was undone and what was canceled are counted as one. */
const countOf = (batch: BatchView, state: RowState): number =>
  ({
    waiting: batch.waiting,
    disputed: batch.disputed,
    needs_approval: batch.needApproval,
    refused: batch.refused,
    left_out: batch.leftOut,
    undone: batch.state === 'undone' ? batch.stopped : 0,
    canceled: batch.state === 'canceled' ? batch.stopped : 0,
  })[state];

/** One batch of disputes: its progress as it goes, its reason, and what came of every row. */
export default function BatchPage() {
  const { batch, ...data } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['jobs', 'leads'], revalidate);
  const here = `/batches/${encodeURIComponent(batch.id)}`;
  const tabs = ROW_STATES.filter((key) => countOf(batch, key) > 0 || key === data.state);
  const href = (name: 'after' | 'before', id: string): string =>
    `${here}?${new URLSearchParams({ ...(data.state ? { state: data.state } : {}), [name]: id })}`;
  return (
    <Workspace>
      <PageHead
        title={batch.name}
        sub={
          <>
            <StatusBadge {...stateOf(batch)} />
            <span className="ml-2">
              {batch.selection} · started by {batch.createdByName} <Time at={batch.createdAt} />
            </span>
          </>
        }
        actions={
          <>
            <ButtonLink
              small
              icon={Download}
              to={`/export/batch-rows.csv?id=${encodeURIComponent(batch.id)}`}
              reloadDocument
            >
              CSV
            </ButtonLink>
            <ButtonLink small variant="quiet" icon={List} to="/batches" className="hide-s">
              All batches
            </ButtonLink>
          </>
        }
      />
      <div className="px-4 md:px-5 pb-3 flex flex-col gap-2">
        <BatchProgress
          batch={batch}
          action={data.mayCancel && isActive(batch) && <CancelBatch batch={batch} onDone={revalidate} />}
        >
          {batch.state === 'running' && batch.startsAt !== null && batch.disputed === 0 && (
            <Countdown deadline={batch.startsAt} prefix="leaves in" pastWord="Leaving" past="neutral" />
          )}
          {batch.needApproval > 0 && <TextLink to="/approvals">Approvals</TextLink>}
        </BatchProgress>
        <p className="c2 whitespace-pre-wrap break-words">
          <span className="c3">{batch.templateName ? `Reason (${batch.templateName}): ` : 'Reason: '}</span>
          {batch.text}
        </p>
      </div>
      <Tabs
        label="Rows by what came of them"
        current={data.state ?? 'all'}
        items={[
          { key: 'all', to: here, label: 'All', count: formatCount(batch.eligible + batch.leftOut) },
          ...tabs.map((key) => ({
            key,
            to: `${here}?state=${key}`,
            label: ROW_LOOKS[key].label,
            count: formatCount(countOf(batch, key)),
          })),
        ]}
      />
      <DataTable<BatchRow>
        label="Rows of the batch"
        columns={ROW_COLUMNS}
        rows={data.items}
        rowId={(row) => row.targetId}
        rowHref={rowHref}
        empty={
          batch.state === 'collecting' ? (
            <EmptyState kind="slow" title="Writing down what was selected">
              The rows appear as they are found.
            </EmptyState>
          ) : (
            <EmptyState
              kind="no-match"
              title="No row of this kind"
              actions={<ButtonLink to={here}>Show all rows</ButtonLink>}
            />
          )
        }
        minWidth={980}
        footer={{
          text: `${formatCount(data.items.length)} ${data.items.length === 1 ? 'row' : 'rows'}${data.prevBefore || data.nextAfter ? ' on this page' : ''}`,
          prevHref: data.prevBefore && href('before', data.prevBefore),
          nextHref: data.nextAfter && href('after', data.nextAfter),
        }}
      />
    </Workspace>
  );
}

const rowHref = (row: BatchRow): string =>
  row.leadId === null
    ? `/refunds?open=${encodeURIComponent(row.refundId ?? row.targetId)}`
    : `/leads/${encodeURIComponent(row.leadId)}`;
