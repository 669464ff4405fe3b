import type { Store } from '#app/platform/db/store.server.ts';

interface Kept {
  value: Promise<unknown>;
  /** By the process's own clock, which nobody turns. */
  at: number;
}

/** One memory a store, so that two Leadlines in one process (tests) never share a number. */
const memories = new WeakMap<Store, Map<string, Kept>>();
/** Past this many the oldest goes. */
const MAX = 500;

/**
 * Answers what `read` found less than `forMs` ago, else reads again. Whoever asks meanwhile waits for the same
 * reading: a page that ten people have open costs the store what one costs. A failure is not remembered.
 */
export function remember<T>(store: Store, key: string, forMs: number, read: () => Promise<T>): Promise<T> {
  const memory = memories.get(store) ?? new Map<string, Kept>();
  memories.set(store, memory);
  const known = memory.get(key);
  if (known && performance.now() - known.at < forMs) return known.value as Promise<T>;
  const value = read();
  const kept: Kept = { value, at: performance.now() };
  memory.delete(key);
  memory.set(key, kept);
  const oldest = memory.size > MAX ? memory.keys().next().value : undefined;
  if (oldest !== undefined) memory.delete(oldest);
  value.catch(() => {
    if (memory.get(key) === kept) memory.delete(key);
  });
  return value;
}
