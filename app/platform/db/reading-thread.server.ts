import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/**
 * Reads a SQLite file beside the process's own thread, where a statement holds everything: a sum over a million rows,
 * or a search for a word that is everywhere, may take a second. The thread has a connection of its own that can only
 * read; it sees what was committed before it was asked. Plain JavaScript in a text, so that it needs no file of its
 * own in the build.
 */
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.driver);
const db = new Database(workerData.file, { readonly: true, fileMustExist: true, timeout: 5000 });
db.pragma('cache_size = -16384');
db.pragma('temp_store = MEMORY');
const statements = new Map();
parentPort.on('message', ({ id, sql, args }) => {
  try {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      if (statements.size >= 200) statements.clear();
      statements.set(sql, statement);
    }
    parentPort.postMessage({ id, rows: statement.all(...args) });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error && error.message || error) });
  }
});
`;

/** A thread that nobody asked anything for this long is ended. */
const IDLE_MS = 60_000;

/** Thrown when an answer was not there in time; the thread is ended with it, and all that waits for it. */
export class ReadingTimeout extends Error {}

/** Reads one after the other. Rows hold what SQLite holds: numbers for times (ms), booleans and counts. */
export interface ReadingThread {
  /** Rows of a reading statement. Throws `ReadingTimeout` where `withinMs` is given and passes. */
  ask(sql: string, args: readonly unknown[], withinMs?: number): Promise<unknown[]>;
  /** Ends the thread. What waits fails. It may be asked again, and starts anew. */
  end(): Promise<void>;
}

interface Waiting {
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}
type Answer = { id: number; rows: unknown[] } | { id: number; error: string };
interface Running {
  ask: ReadingThread['ask'];
  end(why: Error): Promise<void>;
}

/** A thread that starts with the first question, for the file that `fileOf` names then. */
export function readingThread(fileOf: () => Promise<string>): ReadingThread {
  let running: Promise<Running> | null = null;
  const start = async (): Promise<Running> => {
    const own = await run(await fileOf(), () => {
      running = null;
    });
    return own;
  };
  return {
    async ask(sql, args, withinMs) {
      running ??= start();
      const thread = await running.catch((error: unknown) => {
        running = null;
        throw error;
      });
      return thread.ask(sql, args, withinMs);
    },
    async end() {
      // one that could not start told so to who asked, and there is nothing to end
      const thread = await running?.catch(() => null);
      running = null;
      await thread?.end(new Error('the store was closed'));
    },
  };
}

async function run(file: string, onEnd: () => void): Promise<Running> {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(SOURCE, { eval: true, workerData: { file, driver } });
  // it must not keep a process alive that is done
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let idle: NodeJS.Timeout | null = null;
  let ended = false;
  const end = async (why: Error): Promise<void> => {
    if (ended) return;
    ended = true;
    onEnd();
    if (idle) clearTimeout(idle);
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
    await worker.terminate();
  };
  worker.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('rows' in answer) asker?.resolve(answer.rows);
    else asker?.reject(new Error(`the reading thread failed: ${answer.error}`));
    if (waiting.size > 0) return;
    idle = setTimeout(() => void end(new Error('the reading thread was idle')), IDLE_MS);
    idle.unref();
  });
  worker.once('error', (error) => void end(error));
  worker.once('exit', () => void end(new Error('the reading thread ended')));
  return {
    end,
    ask(sql, args, withinMs) {
      if (ended) return Promise.reject(new Error('the reading thread ended'));
      if (idle) clearTimeout(idle);
      idle = null;
      const id = ++asked;
      return new Promise<unknown[]>((resolve, reject) => {
        const late =
          withinMs === undefined
            ? undefined
            : setTimeout(() => void end(new ReadingTimeout(`no answer within ${withinMs} ms`)), withinMs);
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
