import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { columnList, type RowOf } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { BatchState, BatchView, RowState } from './batch-schema.ts';

/** Rows of a batch as they are written and counted. */

export type BatchRecord = NonNullable<Awaited<ReturnType<Conn['prisma']['disputeBatch']['findUnique']>>>;

const ROW = {
  batchId: 'text',
  targetId: 'text',
  leadId: 'text',
  refundId: 'text',
  state: 'text',
  outcome: 'text',
  dueAt: 'time',
  updatedAt: 'time',
} as const;

/** Writes rows of a batch on an open transaction. */
export async function insertRows(tx: Conn, rows: readonly RowOf<typeof ROW>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `INSERT INTO "DisputeBatchRow" (${columnList(ROW)}) SELECT ${columnList(ROW, 'r.')} FROM ${tx.dialect.eachRow(ROW, 1, 'r')} WHERE true`,
    tx.dialect.encode(ROW, rows),
  );
}

/** How many rows are in each state, as they are stored. */
export type RowCounts = Record<Exclude<RowState, 'undone' | 'canceled'>, number>;

/** Counts a batch's rows: one walk of an index. */
export async function countRows(conn: Conn, batchId: string): Promise<RowCounts> {
  const rows = await conn.query<{ state: keyof RowCounts; n: number | bigint }>(
    `SELECT "state", count(*) AS "n" FROM "DisputeBatchRow" WHERE "batchId" = ${conn.dialect.p(1)} GROUP BY "state"`,
    batchId,
  );
  const counts: RowCounts = { waiting: 0, disputed: 0, needs_approval: 0, refused: 0, left_out: 0 };
  for (const { state, n } of rows) counts[state] = Number(n);
  return counts;
}

/** A batch as it is shown. Those that are over carry their counts; of the others they are counted. */
export async function batchView(conn: Conn, row: Omit<BatchRecord, 'selection'>): Promise<BatchView> {
  const counts = row.counts ? (JSON.parse(row.counts) as RowCounts) : await countRows(conn, row.id);
  const stopped = row.state === 'undone' || row.state === 'canceled';
  return {
    id: row.id,
    name: row.name,
    state: row.state as BatchState,
    selection: row.selectionWords,
    text: row.text,
    templateName: row.templateName,
    startsAt: row.startsAt?.toISOString() ?? null,
    atOnce: row.atOnce,
    eligible: counts.waiting + counts.disputed + counts.needs_approval + counts.refused,
    waiting: stopped ? 0 : counts.waiting,
    disputed: counts.disputed,
    needApproval: counts.needs_approval,
    refused: counts.refused,
    stopped: stopped ? counts.waiting : 0,
    leftOut: counts.left_out,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Who began a batch, for what is done in their name later. */
export const actorOf = (row: BatchRecord): Actor => ({
  type: row.createdByType as Actor['type'],
  id: row.createdById,
  name: row.createdByName,
  role: row.createdByRole as Actor['role'],
  ip: row.ip,
});

/** Tells pages that a batch, and what it did, changed. */
export function announceBatch(ctx: Pick<Ctx, 'live'>): void {
  for (const topic of ['jobs', 'outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
}
