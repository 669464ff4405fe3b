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

interface Waiting<In, Out> {
  input: In;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

export function createGroup<In, Out>(options: {
  flush(inputs: In[]): Promise<Out[]>;
  max: number;
  failsForAll(error: unknown): boolean;
}): Group<In, Out> {
  let waiting: Waiting<In, Out>[] = [];
  let flying = false;
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
    flying = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, options.max);
      await deliver(batch);
    }
    flying = false;
    const done = idlers;
    idlers = [];
    for (const resolve of done) resolve();
  };

  return {
    push(input) {
      return new Promise<Out>((resolve, reject) => {
        waiting.push({ input, resolve, reject });
        if (!flying) {
          flying = true;
          // one turn of the event loop later: requests that arrived together are read first, and share the commit
          setImmediate(() => void run());
        }
      });
    },
    idle: () => (flying ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve()),
    get size() {
      return waiting.length;
    },
  };
}
