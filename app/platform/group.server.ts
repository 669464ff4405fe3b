/**
 * Group commit: many callers share one flush. A flush starts at once when none is in flight and takes whatever
 * has gathered by then; there is never a fixed wait.
 *
 * `flush` gets the inputs in order of arrival and answers one output per input. When a flush of several fails, each
 * input is tried alone, so that one that cannot be stored does not take its neighbours down with it — unless
 * `failsForAll(error)` says that the store itself is at fault; then all are refused.
 */
export interface Group<In, Out> {
  push(input: In): Promise<Out>;
  /** Resolves when nothing is waiting or in flight. */
  idle(): Promise<void>;
  readonly size: number;
}

/** Inputs that are worth a lane of their own. */
const LANE_MIN = 64;

interface Waiting<In, Out> {
  input: In;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

export function createGroup<In, Out>(options: {
  flush(inputs: In[]): Promise<Out[]>;
  max: number;
  failsForAll(error: unknown): boolean;
  /**
   * Flushes that may be in flight at once, 1 where left out: for a store with a process of its own, which can write
   * one group while the next is made. A further one starts only for `LANE_MIN` inputs, so that groups stay large.
   */
  lanes?: number;
}): Group<In, Out> {
  const lanes = options.lanes ?? 1;
  const waiting: Waiting<In, Out>[] = [];
  let flying = 0;
  let idlers: (() => void)[] = [];

  const deliver = async (batch: Waiting<In, Out>[]): Promise<void> => {
    try {
      const outs = await options.flush(batch.map((w) => w.input));
      batch.forEach((w, i) => {
        w.resolve(outs[i] as Out);
      });
    } catch (error) {
      if (batch.length === 1 || options.failsForAll(error)) for (const w of batch) w.reject(error);
      else for (const w of batch) await deliver([w]);
    }
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, options.max);
      await deliver(batch);
    }
    flying--;
    if (flying > 0) return;
    const done = idlers;
    idlers = [];
    for (const resolve of done) resolve();
  };

  return {
    push(input) {
      return new Promise<Out>((resolve, reject) => {
        waiting.push({ input, resolve, reject });
        if (flying === 0 || (flying < lanes && waiting.length >= LANE_MIN)) {
          flying++;
          // one turn of the event loop later: requests that arrived together are read first, and share the commit
          setImmediate(() => void run());
        }
      });
    },
    idle: () => (flying > 0 ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve()),
    get size() {
      return waiting.length;
    },
  };
}
