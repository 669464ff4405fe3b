import { setImmediate as breathe } from 'node:timers/promises';
import type { Store } from '#app/platform/db/store.server.ts';

/** Connections that reports may hold on PostgreSQL at once: the others are for intake and delivery. */
const AT_ONCE = 4;

/**
 * Runs reads so that nobody waits for all of them. On SQLite a statement holds the whole process, and awaiting the
 * next one lets no request in: here the event loop turns before each. On PostgreSQL a few run side by side.
 */
export async function inTurn<T>(
  store: Pick<Store, 'dialect'>,
  reads: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < reads.length; i = next++) {
      await breathe();
      results[i] = await (reads[i] as () => Promise<T>)();
    }
  };
  const lanes = store.dialect.name === 'sqlite' ? 1 : AT_ONCE;
  await Promise.all(Array.from({ length: lanes }, work));
  return results;
}
