import { type ReadingThread, readingThread } from '#app/platform/db/reading-thread.server.ts';
import { fileOf, type Store } from '#app/platform/db/store.server.ts';

/** Searches have a thread of their own: one that takes too long ends it, and must end nothing else. */
const threads = new WeakMap<Store, ReadingThread>();

/** Runs a reading statement on the SQLite store's search thread. Throws `ReadingTimeout`. */
export function askBeside(
  store: Store,
  sql: string,
  args: readonly unknown[],
  withinMs: number,
): Promise<unknown[]> {
  const thread = threads.get(store) ?? readingThread(() => fileOf(store));
  threads.set(store, thread);
  return thread.ask(sql, args, withinMs);
}
