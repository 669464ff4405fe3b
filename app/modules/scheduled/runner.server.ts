import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { ScheduleDeps } from './deps.ts';
import { queueDueRuns } from './queue-due-runs.server.ts';
import { sendDueRuns } from './send-due-runs.server.ts';

export interface ScheduleRunner {
  start(): void;
  /** Ends what is under way without waiting for a long list: it is sent at the next start. */
  stop(): Promise<void>;
  /** Writes down what has come due and sends it, now: after the clock was turned. */
  tick(): Promise<void>;
}

const LOOK_MS = 2_000;

/** Looks for scheduled exports that are due, in every process that works; a lease keeps them from sending one twice. */
export function createScheduleRunner(ctx: Ctx, deps: ScheduleDeps): ScheduleRunner {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  const look = async (): Promise<void> => {
    try {
      await queueDueRuns(ctx);
      await sendDueRuns(ctx, deps, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted)
        ctx.log.error(
          { fault: describeStoreFault(error) },
          'scheduled exports could not be looked after; trying again',
        );
    }
  };
  /** One look at a time; who asks meanwhile gets the one under way. */
  const tick = (): Promise<void> => {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    start() {
      void tick();
      timer = setInterval(() => void tick(), LOOK_MS);
    },
    async stop() {
      if (timer) clearInterval(timer);
      stopping.abort();
      await running;
    },
    tick,
  };
}
