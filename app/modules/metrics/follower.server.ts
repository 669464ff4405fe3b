import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { BEHIND_MS, chunkOf, followAttempts } from './follow-attempts.server.ts';

export interface Follower {
  start(): void;
  /** Lets the chunk under way commit, then returns. */
  stop(): Promise<void>;
}

/** After a notice it looks this much later: what was told has then come into its reach. */
const AFTER_NOTICE_MS = BEHIND_MS + 500;
/** Looks at least this often, should a notice get lost. */
const IDLE_MS = 30_000;
const FAULT_MS = 5_000;
/** When a look is due while one is under way. */
const SOON_MS = 500;

/**
 * Keeps counts and search up to date while a worker runs: sleeps until attempts are settled, then reads them in
 * chunks. It rests as long as a chunk took, so that catching up on a full store leaves half of the time to others.
 */
export function createFollower(ctx: Pick<Ctx, 'store' | 'clock' | 'live' | 'log'>): Follower {
  let running = false;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let looking: Promise<void> | null = null;
  let unsubscribe: (() => void) | null = null;

  /** Looks in `ms` by the process's own clock, which nobody turns; a look that is due sooner stands. */
  const lookIn = (ms: number): void => {
    const at = performance.now() + ms;
    if (!running || at >= dueAt) return;
    if (timer) clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      if (looking) return lookIn(SOON_MS);
      looking = look().finally(() => {
        looking = null;
      });
    }, ms);
    timer.unref();
  };

  const look = async (): Promise<void> => {
    try {
      for (let read = chunkOf(ctx.store); running && read === chunkOf(ctx.store); ) {
        const begun = performance.now();
        read = await followAttempts(ctx);
        if (read > 0) await sleep(Math.ceil(performance.now() - begun));
      }
      lookIn(IDLE_MS);
    } catch (error) {
      ctx.log.error({ fault: describeStoreFault(error) }, 'cannot follow what was delivered; trying again');
      lookIn(FAULT_MS);
    }
  };

  return {
    start() {
      if (running) return;
      running = true;
      unsubscribe = ctx.live.subscribe((topic) => {
        if (topic === 'postbacks') lookIn(AFTER_NOTICE_MS);
      });
      lookIn(0);
    },
    async stop() {
      running = false;
      unsubscribe?.();
      if (timer) clearTimeout(timer);
      await looking;
    },
  };
}
