import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { collectStep } from './batch-collect.server.ts';
import { disputeRow, type RunningBatch, refuseRow } from './batch-dispute.server.ts';
import { finishBatch } from './batch-end.server.ts';
import { announceBatch } from './batch-row.server.ts';
import { AT_ONCE_MS, type Selection } from './batch-schema.ts';
import { turn } from './batch-walk.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';

/** Rows that are looked up at once. */
const ROWS = 60;
/** After so long no more are looked up: a stop does not wait long, and what was done is soon told. */
const RUN_MS = 2_000;
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
  let settled = 0;
  for (const began = performance.now(); performance.now() - began < RUN_MS; ) {
    const due = await dueRows(ctx, running, nowOf(ctx));
    const done = await settleRows(ctx, deps, due);
    settled += done;
    // none that another runner has not taken
    if (due.length < ROWS || done === 0) break;
  }
  let ended = 0;
  for (const batch of running) if (await finishBatch(ctx, batch.id)) ended += 1;
  if (settled > 0 || ended > 0) announceBatch(ctx);
  return settled;
}

/** Settles rows in their order, as many at once as the store writes at once. Answers how many. */
async function settleRows(ctx: Ctx, deps: DisputeDeps, due: readonly DueRow[]): Promise<number> {
  const known = oncePerAccount(deps);
  let next = 0;
  let settled = 0;
  const work = async (): Promise<void> => {
    for (let row = due[next++]; row; row = due[next++]) {
      if (await settleRow(ctx, known, row.batch, row.targetId)) settled += 1;
      await turn();
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: ctx.store.lanes }, work));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return settled;
}

/** What an account's network can do does not change from one row to the next. */
function oncePerAccount({ canDispute }: DisputeDeps): DisputeDeps {
  const known = new Map<string, boolean>();
  return {
    async canDispute(conn, accountId) {
      const can = known.get(accountId) ?? (await canDispute(conn, accountId));
      known.set(accountId, can);
      return can;
    },
  };
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
