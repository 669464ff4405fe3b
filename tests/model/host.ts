import { TurnableClock } from '#app/platform/clock.ts';
import type { TestLeadline } from '../setup/leadline.ts';
import { startLeadline } from '../setup/leadline.ts';
import { type Crash, crashIn } from './crash.ts';
import { type Operate, operateOn, refusalOf } from './operate.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the body of whatever call was made
  json: any;
}

/** Refused by the product, with its code. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The line broke before an answer came, as between a kept connection's end and its next use: it is asked again. */
export const isCut = (error: unknown): boolean =>
  error instanceof TypeError && error.message === 'fetch failed';

/** A running Leadline, wherever it runs. Calls wait while it is away and are made again where it went away under them. */
export interface Host {
  call(method: string, path: string, body: unknown): Promise<Answer>;
  operate: Operate;
  restart(how: 'stop' | 'kill'): Promise<void>;
  /** Turns the clock, dies in the middle of the batches that are due, and comes back. */
  crash(how: Crash): Promise<void>;
  stop(): Promise<void>;
}

export interface HostOptions {
  baseUrl: string;
  apiKey: string;
  dataDir: string;
  databaseUrl: string;
  now: number;
}

/** Long enough for a busy machine: an answer that comes later is one that nobody planned. */
export const ENVIRONMENT = { REQUEST_TIMEOUT_SECONDS: '4', RETRY_SCHEDULE_SECONDS: '1,5,30,300,3600' };

/** Leadline in this process; a kill is a stop. */
export async function startInProcess(options: HostOptions): Promise<Host> {
  const clock = new TurnableClock();
  clock.stopAt(options.now);
  const start = (): Promise<TestLeadline> =>
    startLeadline({
      regattaBaseUrl: options.baseUrl,
      regattaKey: options.apiKey,
      dataDir: options.dataDir,
      databaseUrl: options.databaseUrl,
      clock,
      env: ENVIRONMENT,
    });
  let leadline = await start();
  let operate = operateOn(leadline.runtime, clock);
  let away: Promise<void> | null = null;
  const under = new Set<Promise<unknown>>();
  /** Makes a call again for as long as Leadline goes away under it: a caller cannot know whether it counted. */
  const surely = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      while (away) await away;
      const one = work();
      under.add(one);
      try {
        return await one;
      } catch (error) {
        const code = refusalOf(error);
        if (code) throw new Refused(code, (error as Error).message);
        if (!away && !isCut(error)) throw error;
      } finally {
        under.delete(one);
      }
    }
  };
  const again = async (before?: () => Promise<void>): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    away = promise;
    await Promise.allSettled(under);
    await before?.();
    await leadline.stop();
    leadline = await start();
    operate = operateOn(leadline.runtime, clock);
    away = null;
    resolve();
  };
  return {
    call: (method, path, body) => surely(() => leadline.call(method, path, body)),
    operate: (verb, ...input) => surely(() => operate(verb, ...input)),
    restart: () => again(),
    crash: (how) => again(() => crashIn(leadline.runtime, clock, how)),
    stop: () => leadline.stop(),
  };
}
