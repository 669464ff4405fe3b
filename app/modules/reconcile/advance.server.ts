import { setImmediate as breathe } from 'node:timers/promises';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { RunRow } from './rows.server.ts';
import { WORKING } from './schema.ts';
import { stepFile } from './step-file.server.ts';
import { stepOther } from './step-other.server.ts';
import { giveUpOld, tidyStep } from './tidy.server.ts';

/** Steps that fail one after the other before a run is given up. */
const FAULTS_MAX = 5;
/** Time given to one turn: what stops Leadline waits for no more than this. */
const TURN_MS = 800;

/**
 * Works on reconciliations for a while, the oldest first, and comes back: the clock calls again. What comes next is in
 * the rows, so a restart goes on where it was. A step that fails is made again; a run whose steps keep failing is
 * given up and says so. Answers whether there is more to do.
 */
export async function advanceReconciliations(ctx: Ctx, options: { turnMs?: number } = {}): Promise<boolean> {
  const until = performance.now() + (options.turnMs ?? TURN_MS);
  await giveUpOld(ctx);
  let worked = false;
  for (;;) {
    const run = await nextRun(ctx);
    if (run === null) {
      if (worked) ctx.live.publish('jobs');
      return false;
    }
    await step(ctx, run);
    worked = true;
    // deliveries and other people come between two steps
    await breathe();
    if (performance.now() < until) continue;
    ctx.live.publish('jobs');
    return true;
  }
}

/** What there is to do next: what is under way, then what is to be taken away. */
async function nextRun(ctx: Ctx): Promise<RunRow | null> {
  const { reconciliation } = ctx.store.prisma;
  const open = await reconciliation.findFirst({
    where: { state: { in: [...WORKING] } },
    orderBy: { id: 'asc' },
  });
  return (
    open ??
    reconciliation.findFirst({
      where: { tidied: false, state: { in: ['deleting', 'done', 'canceled', 'failed'] } },
      orderBy: { id: 'asc' },
    })
  );
}

async function step(ctx: Ctx, run: RunRow): Promise<void> {
  try {
    if (run.state === 'running') await stepFile(ctx, run);
    else if (run.state === 'comparing') await stepOther(ctx, run);
    else await tidyStep(ctx, run);
  } catch (error) {
    const fault = describeStoreFault(error);
    ctx.log.error({ reconciliation: run.id, fault }, 'a step of a reconciliation failed');
    await noteFault(ctx, run);
    // whatever is wrong is not over at once
    throw error;
  }
}

async function noteFault(ctx: Ctx, { id, state, faults, chunksDone, cursor }: RunRow): Promise<void> {
  const over = faults + 1 >= FAULTS_MAX && WORKING.some((one) => one === state);
  await ctx.store.prisma.reconciliation.updateMany({
    // one that moved on meanwhile has no fault: another process did the step
    where: { id, state, chunksDone, cursor },
    data: {
      faults: faults + 1,
      ...(over
        ? {
            state: 'failed',
            stateReason: `It stopped: the same step failed ${FAULTS_MAX} times, which the log of Leadline tells more of. What was found so far is below; delete it and upload the file once more.`,
            finishedAt: nowOf(ctx),
          }
        : {}),
      updatedAt: nowOf(ctx),
    },
  });
}
