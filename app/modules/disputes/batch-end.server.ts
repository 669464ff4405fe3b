import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { announceBatch, countRows } from './batch-row.server.ts';

/** Ends a batch whose rows are all settled. Answers whether it did. */
export async function finishBatch(ctx: Ctx, id: string): Promise<boolean> {
  return ctx.store.transaction(async (tx) => {
    const { dialect } = tx;
    const at = dialect.time(nowOf(ctx));
    const count = await tx.execute(
      `UPDATE "DisputeBatch" SET "state" = 'done', "finishedAt" = ${dialect.p(1)}, "updatedAt" = ${dialect.p(2)} WHERE "id" = ${dialect.p(3)} AND "state" = 'running'
       AND NOT EXISTS (SELECT 1 FROM "DisputeBatchRow" r WHERE r."batchId" = "DisputeBatch"."id" AND r."state" = 'waiting')`,
      at,
      at,
      id,
    );
    if (count === 0) return false;
    const counts = JSON.stringify(await countRows(tx, id));
    await tx.prisma.disputeBatch.update({ where: { id }, data: { counts } });
    return true;
  });
}

/** How many rows were left as they are, and how many had gone before (to the network or to another person). */
export interface StoppedBatch {
  stopped: number;
  gone: number;
}

/**
 * Takes a batch back before it begins, within ten seconds: nothing of it leaves but for rows whose deadline was too
 * near to wait (`gone`). Throws NOT_FOUND, or CONFLICT once it has begun: what has not gone can be canceled then.
 * Audited.
 */
export const undoBatch = (ctx: Ctx, input: { id: string; actor: Actor }): Promise<StoppedBatch> =>
  stop(ctx, input, 'undone');

/** Stops a batch: what has not gone is left as it is. Throws NOT_FOUND, or CONFLICT where it is over. Audited. */
export const cancelBatch = (ctx: Ctx, input: { id: string; actor: Actor }): Promise<StoppedBatch> =>
  stop(ctx, input, 'canceled');

async function stop(
  ctx: Ctx,
  { id, actor }: { id: string; actor: Actor },
  state: 'undone' | 'canceled',
): Promise<StoppedBatch> {
  const result = await ctx.store.transaction(async (tx) => {
    const now = nowOf(ctx);
    const inTime =
      state === 'undone'
        ? { OR: [{ state: 'collecting' }, { state: 'running', startsAt: { gt: now } }] }
        : { state: { in: ['collecting', 'running'] } };
    const { count } = await tx.prisma.disputeBatch.updateMany({
      where: { id, ...inTime },
      data: { state, finishedAt: now, updatedAt: now },
    });
    const batch = await tx.prisma.disputeBatch.findUnique({ where: { id }, omit: { selection: true } });
    if (!batch) throw new AppError('NOT_FOUND', 'There is no such batch of disputes.');
    if (count === 0)
      throw new AppError(
        'CONFLICT',
        batch.state === 'running'
          ? 'The ten seconds are over and its disputes are leaving. Cancel what has not gone yet.'
          : `This batch is over already (${batch.state}): there is nothing to stop.`,
      );
    const counts = await countRows(tx, id);
    await tx.prisma.disputeBatch.update({ where: { id }, data: { counts: JSON.stringify(counts) } });
    const stopped = counts.waiting;
    const gone = counts.disputed + counts.needs_approval;
    await recordAudit(tx, ctx, {
      actor,
      action: state === 'undone' ? 'dispute_batch_undone' : 'dispute_batch_canceled',
      subjectType: 'dispute_batch',
      subjectId: id,
      detail: { name: batch.name, stopped, gone },
    });
    return { stopped, gone };
  });
  announceBatch(ctx);
  return result;
}
