import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { RunRow } from './rows.server.ts';

/** Rows, and pieces of a file (up to 256 KB each), taken away at once. */
const ROWS_AT_ONCE = 1_000;
const PIECES_AT_ONCE = 20;
/** An upload that showed no sign of life for so long was cut off; a file that nobody mapped is let go. */
const UPLOAD_MS = 10 * 60_000;
const DRAFT_MS = 7 * 86_400_000;

/** Takes away one portion of what a run leaves behind, and in the end, where it is to be deleted, the run itself. */
export async function tidyStep(ctx: Ctx, run: Pick<RunRow, 'id' | 'state'>): Promise<void> {
  const { id } = run;
  if (await removeSome(ctx, 'ReconciliationChunk', 'n', id, PIECES_AT_ONCE)) return;
  if (await removeSome(ctx, 'ReconciliationSeen', 'subjectId', id, ROWS_AT_ONCE)) return;
  if (run.state !== 'deleting') {
    await ctx.store.prisma.reconciliation.updateMany({ where: { id }, data: { tidied: true } });
    return;
  }
  if (await removeSome(ctx, 'ReconciliationRow', 'n', id, ROWS_AT_ONCE)) return;
  // another process may have been faster
  await ctx.store.prisma.reconciliation.deleteMany({ where: { id } });
}

async function removeSome(
  ctx: Ctx,
  table: string,
  column: string,
  runId: number,
  limit: number,
): Promise<boolean> {
  const { dialect } = ctx.store;
  const removed = await ctx.store.execute(
    `DELETE FROM "${table}" WHERE "runId" = ${dialect.p(1)} AND "${column}" IN
       (SELECT "${column}" FROM "${table}" WHERE "runId" = ${dialect.p(2)} ORDER BY "${column}" LIMIT ${limit})`,
    runId,
    runId,
  );
  return removed > 0;
}

/** Uploads that were cut off and files that nobody mapped are given up. */
export async function giveUpOld(ctx: Ctx): Promise<void> {
  const now = nowOf(ctx).getTime();
  const before = (ms: number) => ({ lt: new Date(now - ms) });
  await ctx.store.prisma.reconciliation.updateMany({
    where: {
      OR: [
        { state: 'uploading', updatedAt: before(UPLOAD_MS) },
        { state: 'draft', updatedAt: before(DRAFT_MS) },
      ],
    },
    data: { state: 'deleting', updatedAt: nowOf(ctx) },
  });
}
