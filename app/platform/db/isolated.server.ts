import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type Database from 'better-sqlite3';
import { keepPrepared } from './statements.server.ts';

type Factory = SqlMigrationAwareDriverAdapterFactory | SqlDriverAdapterFactory;

/**
 * The better-sqlite3 adapter has one connection and lets statements from outside run inside whatever transaction
 * is open on it: they see uncommitted rows, and are undone with it though they were acknowledged. Here a
 * transaction holds the connection, and every other statement waits until it ends.
 * (`isolated.test.ts` shows the leak without this and its absence with it.)
 *
 * Transactions begin as IMMEDIATE: with a second process on the same file, one that reads before it writes would
 * otherwise fail with "database is locked" instead of waiting its turn.
 */
export function isolated(factory: Factory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      keepPrepared(connectionOf(adapter));
      return oneAtATime(adapter);
    },
  };
}

/** The connection inside the adapter, which keeps it to itself. */
function connectionOf(adapter: SqlDriverAdapter): Database.Database {
  const { client } = adapter as unknown as { client?: Database.Database };
  if (typeof client?.prepare !== 'function')
    throw new Error(
      '@prisma/adapter-better-sqlite3 no longer holds its connection in "client": see isolated.server.ts',
    );
  return client;
}

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

function oneAtATime(inner: SqlDriverAdapter): SqlDriverAdapter {
  let tail: Promise<void> = Promise.resolve();
  let holders = 0;

  const lock = async (): Promise<() => void> => {
    let release: () => void = () => {};
    const before = tail;
    tail = new Promise<void>((resolve) => {
      release = resolve;
    });
    holders++;
    await before;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      holders--;
      release();
    };
  };
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    if (holders === 0) return work();
    const unlock = await lock();
    try {
      return await work();
    } finally {
      unlock();
    }
  };

  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: (query) => run(() => inner.queryRaw(query)),
    executeRaw: (query) => run(() => inner.executeRaw(query)),
    executeScript: (script) => run(() => inner.executeScript(script)),
    ...(inner.getConnectionInfo ? { getConnectionInfo: inner.getConnectionInfo.bind(inner) } : {}),
    dispose: () => inner.dispose(),
    async startTransaction() {
      const unlock = await lock();
      try {
        await inner.executeRaw(statement('BEGIN IMMEDIATE'));
        return transactionOn(inner, unlock);
      } catch (error) {
        unlock();
        throw error;
      }
    },
  };
}

/** The engine itself sends COMMIT and ROLLBACK through `executeRaw`; `commit` and `rollback` only let go. */
function transactionOn(inner: SqlDriverAdapter, unlock: () => void): Transaction {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query) => inner.queryRaw(query),
    async executeRaw(query) {
      try {
        return await inner.executeRaw(query);
      } catch (error) {
        // a COMMIT that failed (disk full) may leave the transaction open on the one connection
        if (query.sql === 'COMMIT') await inner.executeRaw(statement('ROLLBACK')).catch(alreadyRolledBack);
        throw error;
      }
    },
    async commit() {
      unlock();
    },
    async rollback() {
      unlock();
    },
    createSavepoint: async (name) => void (await inner.executeRaw(statement(`SAVEPOINT ${name}`))),
    rollbackToSavepoint: async (name) => void (await inner.executeRaw(statement(`ROLLBACK TO ${name}`))),
    releaseSavepoint: async (name) => void (await inner.executeRaw(statement(`RELEASE SAVEPOINT ${name}`))),
  };
}

/** SQLite rolls back by itself after some failures; "no transaction is active" then is what we want to hear. */
function alreadyRolledBack(error: unknown): number {
  if (!/no transaction is active/.test(JSON.stringify(error) + String(error))) throw error;
  return 0;
}
