import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import { BREAKERS, type JobDeps } from './job-deps.server.ts';
import { hasWork, type OpenJob, openJobs, stepJob } from './job-step.server.ts';

export interface JobRunner {
  start(): void;
  /** Lets the step under way end, then takes no more. */
  stop(): Promise<void>;
  /** One step of every job that has something to do, now. Answers whether anything moved. */
  advanceAll(): Promise<boolean>;
}

/** At most so often while a job lets rows go. */
const PACE_MS = 100;
/** Between steps that touch no network: writing down what matches, canceling, acknowledging. */
const QUICK_MS = 10;
/** Looks at least this often while a job waits for answers, and while there is none. */
const WAITING_MS = 1_000;
const ASLEEP_MS = 5_000;

/**
 * Drives the bulk jobs, in every process that works. Woken by notices of jobs and postbacks, paced while one is
 * active, asleep otherwise.
 */
export function createJobRunner(ctx: Ctx, deps: JobDeps = BREAKERS): JobRunner {
  let running = false;
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();
  let busy = false;
  let woken = false;
  let active = false;
  let lastAt = 0;
  let unsubscribe: (() => void) | null = null;
  /** Jobs whose last step found nothing: they are looked at before a step is made. */
  const idle = new Set<string>();

  const step = async (job: OpenJob): Promise<boolean> => {
    try {
      if (idle.has(job.id) && !(await hasWork(ctx, job))) return false;
      const { moved } = await stepJob(ctx, deps, job);
      if (moved) idle.delete(job.id);
      else idle.add(job.id);
      return moved;
    } catch (error) {
      ctx.log.error(
        { job: job.id, fault: describeStoreFault(error) },
        'a step of a bulk job failed; it is made again',
      );
      idle.add(job.id);
      return false;
    }
  };

  /** Steps every job once; answers in how many ms to look again. */
  const advance = async (): Promise<{ moved: boolean; againMs: number }> => {
    const jobs = await openJobs(ctx);
    active = jobs.length > 0;
    for (const id of idle) if (!jobs.some((job) => job.id === id)) idle.delete(id);
    let moved = false;
    let quick = false;
    for (const job of jobs) {
      if (!(await step(job))) continue;
      moved = true;
      quick ||= job.state === 'collecting' || job.kind !== 'retry' || job.state === 'canceled';
    }
    return { moved, againMs: moved ? (quick ? QUICK_MS : PACE_MS) : active ? WAITING_MS : ASLEEP_MS };
  };

  const go = async (): Promise<void> => {
    busy = true;
    woken = false;
    let againMs = WAITING_MS;
    try {
      againMs = (await advance()).againMs;
    } catch (error) {
      ctx.log.error({ fault: describeStoreFault(error) }, 'bulk jobs cannot be read; trying again');
    } finally {
      busy = false;
      lastAt = performance.now();
      lookIn(woken ? Math.min(againMs, PACE_MS) : againMs);
    }
  };

  const lookIn = (ms: number): void => {
    if (!running) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      round = go();
    }, ms);
  };

  const wake = (topic: Topic): void => {
    if (topic !== 'jobs' && !(topic === 'postbacks' && active)) return;
    if (busy) woken = true;
    else lookIn(Math.max(0, PACE_MS - (performance.now() - lastAt)));
  };

  return {
    start() {
      running = true;
      unsubscribe = ctx.live.subscribe(wake);
      lookIn(0);
    },
    async stop() {
      running = false;
      unsubscribe?.();
      if (timer) clearTimeout(timer);
      timer = null;
      await round;
    },
    advanceAll: async () => (await advance()).moved,
  };
}
