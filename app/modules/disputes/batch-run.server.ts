import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { collectStep } from './batch-collect.server.ts';
import { disputeRow, type RunningBatch, refuseRow } from './batch-dispute.server.ts';
import { finishBatch } from './batch-end.server.ts';
import { announceBatch } from './batch-row.server.ts';
import { AT_ONCE_MS, type Selection } from './batch-schema.ts';
import { turn } from './batch-walk.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';

/** Rows of one run: half a second of work, so that a stop does not wait long and what is due is soon told. */
const ROWS = 60;
/** One that its request has not collected for so long is taken up: that process is gone. */
const ABANDONED_MS = 15_000;
/** A row that a fault keeps from being disputed is tried so often. */
const TRIES = 3;

/**
 * Works off batches of disputes: the rows whose turn has come, nearest deadline first, each in a transaction of its own.
 * For the clockwork. Bounded; all that the next run needs is in the rows, so that it does not matter who makes it.
 * Answers how many rows were settled.
 */
export async function runBatches(ctx: Ctx, deps: DisputeDeps): Promise<number> {
  const now = nowOf(ctx);
  const open = await ctx.store.prisma.disputeBatch.findMany({
    where: { state: { in: ['collecting', 'running'] } },
    orderBy: { id: 'asc' },
  });
  for (const batch of open)
    if (batch.state === 'collecting' && now.getTime() - batch.updatedAt.getTime() > ABANDONED_MS)
      await collectStep(ctx, deps, batch.id);
  const running = open
    .filter((batch) => batch.state === 'running')
    .map((batch) => ({ ...batch, of: (JSON.parse(batch.selection) as Selection).of }));
  const due = await dueRows(ctx, running, now);
  let settled = 0;
  for (const { batch, targetId } of due) {
    if (await settleRow(ctx, deps, batch, targetId)) settled += 1;
    await turn();
  }
  let ended = 0;
  for (const batch of running) if (await finishBatch(ctx, batch.id)) ended += 1;
  if (settled > 0 || ended > 0) announceBatch(ctx);
  return settled;
}

interface DueRow {
  batch: RunningBatch;
  targetId: string;
  dueAt: number;
}

async function dueRows(ctx: Ctx, running: readonly RunningBatch[], now: Date): Promise<DueRow[]> {
  const { dialect } = ctx.store;
  const found: DueRow[] = [];
  for (const batch of running) {
    const startsAt = batch.startsAt?.getTime() ?? 0;
    const args: unknown[] = [batch.id];
    // before it begins only what cannot wait
    const near = startsAt > now.getTime() ? ` AND "dueAt" <= ${dialect.p(2)}` : '';
    if (near) args.push(dialect.time(startsAt + AT_ONCE_MS));
    const rows = await ctx.store.query<{ targetId: string; dueAt: Date | string | number }>(
      `SELECT "targetId", "dueAt" FROM "DisputeBatchRow" WHERE "batchId" = ${dialect.p(1)} AND "state" = 'waiting'${near} ORDER BY "dueAt", "targetId" LIMIT ${ROWS}`,
      ...args,
    );
    found.push(...rows.map(({ targetId, dueAt }) => ({ batch, targetId, dueAt: new Date(dueAt).getTime() })));
  }
  return found.sort((a, b) => a.dueAt - b.dueAt).slice(0, ROWS);
}

/**
 * One row, whatever comes: what it cannot be is written down with it, and the rest goes on. Only a store that takes no
 * writes ends the run.
 */
async function settleRow(
  ctx: Ctx,
  deps: DisputeDeps,
  batch: RunningBatch,
  targetId: string,
): Promise<boolean> {
  for (let tried = 1; ; tried += 1)
    try {
      return await disputeRow(ctx, deps, batch, targetId);
    } catch (error) {
      if (tried < TRIES) continue;
      ctx.log.error(
        { batch: batch.id, row: targetId, fault: describeStoreFault(error) },
        'a row of a batch of disputes failed',
      );
      if (isStoreFault(error)) throw error;
      return refuseRow(ctx, batch.id, targetId);
    }
}
