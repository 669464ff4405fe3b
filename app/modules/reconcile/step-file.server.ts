import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type Judged, judgeRows } from './judge-rows.server.ts';
import { earlierKeys } from './look-up-more.server.ts';
import { insertRows, insertSeen, pieceOf, type RunRow, resultOf } from './rows.server.ts';
import type { Mapping, ReasonTotal, Source } from './schema.ts';
import { addToTotals, type Counted } from './totals.ts';
import { accountIds } from './try-mapping.server.ts';

/**
 * Works one piece of the file off: reads beside everybody else, then writes what came of it, takes the piece away and
 * moves the run on in one short transaction. Two processes may read the same piece; one of them writes. Answers
 * whether it was this one.
 */
export async function stepFile(ctx: Ctx, run: RunRow): Promise<boolean> {
  if (run.chunksDone >= run.chunkCount) return endOfFile(ctx, run);
  const piece = await pieceOf(ctx.store, run.id, run.chunksDone);
  if (piece === null) {
    if (!(await isStill(ctx, run))) return false;
    throw new Error(`piece ${run.chunksDone} of reconciliation ${run.id} is not there`);
  }
  const mapping = JSON.parse(run.mapping ?? 'null') as Mapping;
  const judged = await judgeRows(ctx.store, {
    source: run.source as Source,
    mapping,
    columns: (JSON.parse(run.header) as string[]).length,
    rows: piece,
    accountIds: await accountIds(ctx),
    earlier: (keys) => earlierKeys(ctx.store, run.id, keys),
  });
  return ctx.store.transaction(async (tx) => {
    const rows = judged.map((row, at) => resultOf(row, run.id, run.lastRow + at + 1));
    const moved = await moveOn(tx, ctx, run, {
      chunksDone: run.chunksDone + 1,
      rowsDone: run.rowsDone + piece.length,
      lastRow: run.lastRow + rows.length,
      totals: withRows(run, rows as unknown as Counted[]),
      ...spanOf(run, judged),
    });
    if (!moved) return false;
    await insertRows(tx, rows);
    await insertSeen(
      tx,
      run.id,
      judged.flatMap(({ seen }) => seen),
    );
    await tx.prisma.reconciliationChunk.delete({ where: { runId_n: { runId: run.id, n: run.chunksDone } } });
    return true;
  });
}

/** Whether a run stands where it was read: else another process was faster, or somebody canceled it. */
async function isStill(ctx: Ctx, { id, state, chunksDone }: RunRow): Promise<boolean> {
  return (await ctx.store.prisma.reconciliation.count({ where: { id, state, chunksDone } })) === 1;
}

/** Totals with some rows more, as the run keeps them. */
export const withRows = (run: RunRow, rows: readonly Counted[]): string =>
  JSON.stringify(addToTotals(JSON.parse(run.totals) as ReasonTotal[], rows));

/**
 * Moves a run on from where it was read; answers false where it is not there any more: another process was faster, or
 * somebody canceled it.
 */
export async function moveOn(
  tx: Conn,
  ctx: Pick<Ctx, 'clock'>,
  run: RunRow,
  data: Partial<Omit<RunRow, 'id'>>,
): Promise<boolean> {
  const { id, state, chunksDone, cursor } = run;
  const { count } = await tx.prisma.reconciliation.updateMany({
    where: { id, state, chunksDone, cursor },
    data: { faults: 0, ...data, updatedAt: nowOf(ctx) },
  });
  return count === 1;
}

/** The span of time that the file speaks of, with these rows. A day counts to its end. */
function spanOf(run: RunRow, judged: readonly Judged[]): { fromAt?: Date; toAt?: Date } {
  let from = run.fromAt?.getTime() ?? Number.POSITIVE_INFINITY;
  let to = run.toAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  for (const { told } of judged) {
    // a refund may be years later than the orders that the file is about
    if (told.time === null || told.unreadable !== null || told.refundLine) continue;
    from = Math.min(from, told.time.at);
    to = Math.max(to, told.time.at + told.time.lastsMs);
  }
  return Number.isFinite(from) ? { fromAt: new Date(from), toAt: new Date(to) } : {};
}

/** The file is worked off: the other direction follows where its span of time is known. */
async function endOfFile(ctx: Ctx, run: RunRow): Promise<boolean> {
  const known = run.fromAt !== null && run.toAt !== null;
  const data = known ? { state: 'comparing' } : { state: 'done', finishedAt: nowOf(ctx) };
  return moveOn(ctx.store, ctx, run, data);
}
