import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Store } from '#app/platform/db/store.server.ts';

/**
 * Searches a SQLite store beside the process's own thread: a statement there holds everything, and a search for a
 * word that is everywhere may take a second. The thread has a connection of its own that can only read. Plain
 * JavaScript in a text, so that it needs no file of its own in the build.
 */
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.driver);
const db = new Database(workerData.file, { readonly: true, fileMustExist: true, timeout: 5000 });
db.pragma('cache_size = -16384');
const statements = new Map();
parentPort.on('message', ({ id, sql, args }) => {
  try {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = db.prepare(sql)));
    parentPort.postMessage({ id, rows: statement.all(...args) });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error && error.message || error) });
  }
});
`;

/** A thread that nobody asked anything for this long is ended. */
const IDLE_MS = 60_000;

interface Thread {
  ask(sql: string, args: unknown[], withinMs: number): Promise<unknown[]>;
}

/** Thrown when a search was not done in time; the thread is ended with it. */
export class SearchTimeout extends Error {}

interface Waiting {
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}
type Answer = { id: number; rows: unknown[] } | { id: number; error: string };

function startThread(file: string, onEnd: () => void): Thread {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(SOURCE, { eval: true, workerData: { file, driver } });
  // it must not keep a process alive that is done
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let idle: NodeJS.Timeout | null = null;
  const end = (why: Error): void => {
    onEnd();
    if (idle) clearTimeout(idle);
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
    void worker.terminate();
  };
  worker.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('rows' in answer) asker?.resolve(answer.rows);
    else asker?.reject(new Error(`the search failed: ${answer.error}`));
    if (waiting.size > 0) return;
    idle = setTimeout(() => end(new Error('the search thread was idle')), IDLE_MS);
    idle.unref();
  });
  worker.once('error', end);
  worker.once('exit', () => end(new Error('the search thread ended')));
  return {
    ask(sql, args, withinMs) {
      if (idle) clearTimeout(idle);
      const id = ++asked;
      return new Promise<unknown[]>((resolve, reject) => {
        const late = setTimeout(() => end(new SearchTimeout(`no answer within ${withinMs} ms`)), withinMs);
        const settle =
          <T>(then: (value: T) => void) =>
          (value: T): void => {
            clearTimeout(late);
            then(value);
          };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
        worker.postMessage({ id, sql, args });
      });
    },
  };
}

const threads = new WeakMap<Store, Promise<Thread>>();

/** Runs a reading statement on the SQLite store's search thread. Throws `SearchTimeout`. */
export async function askBeside(
  store: Store,
  sql: string,
  args: unknown[],
  withinMs: number,
): Promise<unknown[]> {
  let thread = threads.get(store);
  if (!thread) {
    thread = fileOf(store).then((file) => startThread(file, () => void threads.delete(store)));
    threads.set(store, thread);
    thread.catch(() => threads.delete(store));
  }
  return (await thread).ask(sql, args, withinMs);
}

async function fileOf(store: Store): Promise<string> {
  const rows = await store.query<{ name: string; file: string }>('PRAGMA database_list');
  const file = rows.find((row) => row.name === 'main')?.file;
  if (!file) throw new Error('the store has no file that a second connection could read');
  return file;
}
