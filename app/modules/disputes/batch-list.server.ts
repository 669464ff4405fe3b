import type { Ctx } from '#app/platform/context.server.ts';
import type { CsvValue } from '#app/platform/csv.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { AppError } from '#app/platform/errors.ts';
import { minorToDecimal } from '#app/platform/money.ts';
import type { ApprovalState } from './approval-schema.ts';
import { batchView } from './batch-row.server.ts';
import type { BatchPage, BatchRow, BatchRowPage, BatchView, RowState } from './batch-schema.ts';

type Read = Pick<Ctx, 'store'>;

export interface Paging {
  /** 1–1,000, 50 where left out. */
  limit?: number | undefined;
  /** Ids of the last row of the page before, or of the first row of the page after. */
  after?: string | undefined;
  before?: string | undefined;
}

/** Ends of a page that was read with one row more than it holds. */
function ends(found: readonly string[], limit: number, { after, before }: Paging) {
  const back = before !== undefined;
  const more = found.length > limit;
  const page = found.slice(0, limit);
  if (back) page.reverse();
  return {
    page,
    nextAfter: back || more ? (page.at(-1) ?? null) : null,
    prevBefore: (back ? more : after !== undefined) ? (page.at(0) ?? null) : null,
  };
}

/** Batches of disputes, newest first. */
export async function listBatches({ store }: Read, input: Paging = {}): Promise<BatchPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const back = input.before !== undefined;
  const rows = await store.prisma.disputeBatch.findMany({
    where:
      input.before !== undefined
        ? { id: { gt: input.before } }
        : input.after !== undefined
          ? { id: { lt: input.after } }
          : {},
    orderBy: { id: back ? 'asc' : 'desc' },
    take: limit + 1,
    omit: { selection: true },
  });
  const { page, ...cursors } = ends(
    rows.map((row) => row.id),
    limit,
    input,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items: BatchView[] = [];
  for (const id of page) {
    const row = byId.get(id);
    if (row) items.push(await batchView(store, row));
  }
  return { items, ...cursors };
}

/** One batch with how far it is. Throws NOT_FOUND. */
export async function getBatch({ store }: Read, id: string): Promise<BatchView> {
  const row = await store.prisma.disputeBatch.findUnique({ where: { id }, omit: { selection: true } });
  if (!row) throw new AppError('NOT_FOUND', 'There is no such batch of disputes.');
  return batchView(store, row);
}

export interface ListBatchRows extends Paging {
  batchId: string;
  /** `undone` and `canceled` are what waited as the batch was stopped. */
  state?: RowState | undefined;
}

interface Row extends Omit<BatchRow, 'payoutCents' | 'disputeBy'> {
  payoutCents: number | bigint | null;
  disputeBy: Date | string | number | null;
  /** What became of the approval that it waits or waited for. */
  approval: ApprovalState | null;
  decidedByName: string | null;
  note: string | null;
}

/** Rows of a batch with what each came to, by id of what was selected. One walk of an index. Throws NOT_FOUND. */
export async function listBatchRows({ store }: Read, input: ListBatchRows): Promise<BatchRowPage> {
  const { dialect } = store;
  const { batchId } = input;
  const batch = await store.prisma.disputeBatch.findUnique({
    where: { id: batchId },
    select: { state: true },
  });
  if (!batch) throw new AppError('NOT_FOUND', 'There is no such batch of disputes.');
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const back = input.before !== undefined;
  const stopped = batch.state === 'undone' || batch.state === 'canceled';
  const args: unknown[] = [batchId];
  const where = [`"batchId" = ${dialect.p(1)}`];
  if (input.state !== undefined) {
    const asWaiting = input.state === 'undone' || input.state === 'canceled';
    // of a batch that was stopped nothing waits: what waited was left as it is
    if (stopped ? input.state === 'waiting' : asWaiting)
      return { items: [], nextAfter: null, prevBefore: null };
    where.push(`"state" = ${dialect.p(args.push(asWaiting ? 'waiting' : input.state))}`);
  }
  const cursor = input.before ?? input.after;
  if (cursor !== undefined) where.push(`"targetId" ${back ? '<' : '>'} ${dialect.p(args.push(cursor))}`);
  const direction = back ? 'DESC' : 'ASC';
  const found = await store.query<Row>(
    `SELECT r."targetId", r."leadId", r."refundId", r."state", r."outcome", COALESCE(r."messageId", a."messageId") AS "messageId", r."approvalId", l."externalId", l."networkLeadId",
       l."payoutCents", l."currency", l."disputeBy", l."holdState", m."status" AS "disputeStatus", a."state" AS "approval", a."decidedByName", a."note"
     FROM (SELECT * FROM "DisputeBatchRow" WHERE ${where.join(' AND ')} ORDER BY "targetId" ${direction} LIMIT ${limit + 1}) r
       LEFT JOIN "Lead" l ON l."id" = r."leadId" LEFT JOIN "DisputeApproval" a ON a."id" = r."approvalId"
       LEFT JOIN "OutboxMessage" m ON m."id" = COALESCE(r."messageId", a."messageId") ORDER BY r."targetId" ${direction}`,
    ...args,
  );
  const { page, ...cursors } = ends(
    found.map((row) => row.targetId),
    limit,
    input,
  );
  const byId = new Map(found.map((row) => [row.targetId, row]));
  return {
    items: page.flatMap((id) => {
      const row = byId.get(id);
      return row ? [viewOf(row, stopped ? (batch.state as RowState) : 'waiting')] : [];
    }),
    ...cursors,
  };
}

/** What a row came to; of one that was asked for, what came of that. */
function outcomeOf({ outcome, approval, decidedByName, note }: Row): string | null {
  if (approval === null || approval === 'pending') return outcome;
  if (approval === 'approved') return `${decidedByName} approved it: the dispute is on its way`;
  if (approval === 'rejected') return `${decidedByName} rejected it: ${note ?? ''}`;
  return approval === 'withdrawn' ? `${decidedByName} took it back` : note;
}

const viewOf = ({ approval, decidedByName, note, ...row }: Row, waiting: RowState): BatchRow => ({
  ...row,
  outcome: outcomeOf({ ...row, approval, decidedByName, note }),
  state: row.state === 'waiting' ? waiting : row.state,
  payoutCents: numberOrNull(row.payoutCents),
  disputeBy: row.disputeBy === null ? null : new Date(row.disputeBy).toISOString(),
});

const HEADER = [
  'row',
  'order',
  'network lead id',
  'payout',
  'currency',
  'deadline (UTC)',
  'state',
  'outcome',
  'hold now',
  'dispute now',
];

/** A batch's rows as CSV records, read a chunk at a time; `next` answers null at the end. Throws NOT_FOUND. */
export async function openBatchCsv(
  ctx: Read,
  batchId: string,
): Promise<{ header: string[]; next(): Promise<CsvValue[][] | null> }> {
  await getBatch(ctx, batchId);
  let after: string | undefined;
  let ended = false;
  return {
    header: [...HEADER],
    async next() {
      if (ended) return null;
      const { items, nextAfter } = await listBatchRows(ctx, { batchId, limit: 1_000, after });
      ended = nextAfter === null;
      after = nextAfter ?? undefined;
      return items.map((row) => [
        row.targetId,
        row.externalId,
        row.networkLeadId,
        row.payoutCents === null || row.currency === null
          ? null
          : minorToDecimal(row.payoutCents, row.currency),
        row.currency,
        row.disputeBy,
        row.state,
        row.outcome,
        row.holdState,
        row.disputeStatus,
      ]);
    },
  };
}
