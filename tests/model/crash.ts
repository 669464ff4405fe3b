import { runBatches } from '#app/modules/disputes/index.server.ts';
import type { TurnableClock } from '#app/platform/clock.ts';
import type { Runtime } from '#app/server/runtime.server.ts';

/** Where a runner of batches dies. */
export interface Crash {
  /** The clock is turned to it first. */
  now: number;
  /** Rows that it does before. */
  rows: number;
  /** Whether the row it dies in is committed: else nothing of it may be left. */
  committed: boolean;
}

class Died extends Error {}

/**
 * Runs the batches that are due and dies after some rows: `die` ends the process (the soak); without it the runner's
 * store fails for good, and who calls stops this Leadline. The clockwork is held first, so that nobody else goes on.
 */
export async function crashIn(
  { ctx, wiring, clockwork }: Runtime,
  clock: TurnableClock,
  { now, rows, committed }: Crash,
  die: () => void = () => {},
): Promise<void> {
  await clockwork?.stop();
  clock.stopAt(now);
  const { store } = ctx;
  let left = rows;
  const end = (): never => {
    die();
    throw new Died('The process ended here');
  };
  const transaction: typeof store.transaction = async (work) => {
    if (left < 0) throw new Died('The process has ended');
    const last = left-- === 0;
    const result = await store.transaction(async (tx) => {
      const done = await work(tx);
      return last && !committed ? end() : done;
    });
    return last ? end() : result;
  };
  await runBatches({ ...ctx, store: { ...store, transaction } }, wiring.disputes).catch((error: unknown) => {
    if (!(error instanceof Died)) throw error;
  });
  // fewer rows than that: it dies all the same
  die();
}
