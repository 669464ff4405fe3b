import type { Store } from './db/store.server.ts';

interface Kept {
  value: Promise<unknown>;
  /** By the process's own clock, which nobody turns. */
  at: number;
  forMs: number;
}

/** One memory a store, so that two Leadlines in one process (tests) never share a number. */
const memories = new WeakMap<Store, Map<string, Kept>>();
/** Past this many the oldest goes. */
const MAX = 500;

/**
 * Answers what `read` found less than `forMs` ago, else reads again. Whoever asks meanwhile waits for the same
 * reading: a page that ten people have open costs the store what one costs. A failure is not remembered.
 */
export function remember<T>(
  store: Store,
  key: string,
  forMs: number | ((tookMs: number) => number),
  read: () => Promise<T>,
): Promise<T> {
  const memory = memories.get(store) ?? new Map<string, Kept>();
  memories.set(store, memory);
  const known = memory.get(key);
  if (known && performance.now() - known.at < known.forMs) return known.value as Promise<T>;
  const began = performance.now();
  const value = read();
  const kept: Kept = {
    value,
    at: began,
    forMs: typeof forMs === 'number' ? forMs : Number.POSITIVE_INFINITY,
  };
  memory.delete(key);
  memory.set(key, kept);
  const oldest = memory.size > MAX ? memory.keys().next().value : undefined;
  if (oldest !== undefined) memory.delete(oldest);
  value.then(
    () => {
      if (typeof forMs === 'function') kept.forMs = forMs(performance.now() - began);
    },
    () => {
      if (memory.get(key) === kept) memory.delete(key);
    },
  );
  return value;
}

/**
 * For readings whose cost grows with the store: kept ten times as long as they took, so that they never take more than
 * a tenth of the time, at most two seconds. What is read in a millisecond is as good as never old.
 */
export const inProportion = (tookMs: number): number => Math.min(2_000, tookMs * 10);
