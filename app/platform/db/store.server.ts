import type { PrismaClient } from '#app/generated/sqlite/client.ts';
import { type Dialect, postgres, sqlite } from './dialect.server.ts';
import { isolated } from './isolated.server.ts';
import { readingThread } from './reading-thread.server.ts';

type Surface = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>;

/** What a query runs on: the store itself, or the transaction that is open on it. */
export interface Conn {
  /** Typed against the SQLite client, the narrower surface: what type-checks here exists on both stores. */
  prisma: Surface;
  dialect: Dialect;
  /** Raw rows. Column types come back as Prisma maps them: Date for times, bigint for BigInt columns. */
  query<T>(sql: string, ...args: unknown[]): Promise<T[]>;
  /** Number of rows touched. */
  execute(sql: string, ...args: unknown[]): Promise<number>;
}

export interface Store extends Conn {
  prisma: PrismaClient;
  /** Runs `work` in one transaction; inside it use only the connection it is given. */
  transaction<T>(work: (tx: Conn) => Promise<T>): Promise<T>;
  /** Runs statements one after the other in one transaction; answers the rows of each. Cheaper than the above. */
  batch(statements: readonly { sql: string; args: unknown[] }[]): Promise<unknown[][]>;
  /**
   * Rows of a statement that reads much, outside any transaction. On SQLite it runs on a thread beside this one, which
   * goes on taking conversions meanwhile, and times come as numbers (ms); PostgreSQL runs it as any other.
   */
  beside<T>(sql: string, ...args: unknown[]): Promise<T[]>;
  /** Groups of writes worth having under way at once: SQLite writes one at a time, and within this process. */
  lanes: number;
  close(): Promise<void>;
}

async function openSqlite(url: string): Promise<PrismaClient> {
  const [{ PrismaClient }, { PrismaBetterSqlite3 }] = await Promise.all([
    import('#app/generated/sqlite/client.ts'),
    import('@prisma/adapter-better-sqlite3'),
  ]);
  const factory = new PrismaBetterSqlite3({ url, timeout: 10_000 }, { timestampFormat: 'unixepoch-ms' });
  const client = new PrismaClient({ adapter: isolated(factory) });
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  // acknowledged means on the disk: WAL alone may sync only at checkpoints
  await client.$executeRawUnsafe('PRAGMA synchronous = FULL');
  await client.$executeRawUnsafe('PRAGMA foreign_keys = ON');
  await client.$executeRawUnsafe('PRAGMA cache_size = -65536');
  // 40 MB of log before it is folded into the file: hot pages are then written back once, not once a few commits
  await client.$queryRawUnsafe('PRAGMA wal_autocheckpoint = 10000');
  // a statement's own undo pages: to memory, not to a temporary file (durability does not rest on them)
  await client.$executeRawUnsafe('PRAGMA temp_store = MEMORY');
  const [row] = await client.$queryRawUnsafe<{ synchronous: number | bigint }[]>('PRAGMA synchronous');
  if (Number(row?.synchronous) !== 2)
    throw new Error('Leadline cannot start: SQLite refused synchronous=FULL');
  return client;
}

async function openPostgres(url: string): Promise<PrismaClient> {
  const [{ PrismaClient: PostgresClient }, { PrismaPg }] = await Promise.all([
    import('#app/generated/postgres/client.ts'),
    import('@prisma/adapter-pg'),
  ]);
  const adapter = new PrismaPg({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const client = new PostgresClient({ adapter }) as unknown as PrismaClient;
  const [row] = await client.$queryRawUnsafe<{ fsync: string }[]>('SHOW fsync');
  if (row?.fsync !== 'on')
    throw new Error('Leadline cannot start: PostgreSQL runs with fsync off and could lose acknowledged rows');
  const [commit] = await client.$queryRawUnsafe<{ synchronous_commit: string }[]>('SHOW synchronous_commit');
  if (commit?.synchronous_commit === 'off')
    throw new Error(
      'Leadline cannot start: PostgreSQL runs with synchronous_commit off and could lose acknowledged rows. Set it to on for this database or role',
    );
  return client;
}

const conn = (prisma: Surface, dialect: Dialect): Conn => ({
  prisma,
  dialect,
  query: <T>(sql: string, ...args: unknown[]) => prisma.$queryRawUnsafe<T[]>(sql, ...args),
  execute: (sql, ...args) => prisma.$executeRawUnsafe(sql, ...args),
});

/** Opens a store by its address: `file:…` (SQLite) or `postgresql://…`. The schema must be there (see migrate). */
export async function openStore(url: string): Promise<Store> {
  const dialect = url.startsWith('file:') ? sqlite : postgres;
  const prisma = dialect === sqlite ? await openSqlite(url) : await openPostgres(url);
  const own = conn(prisma, dialect);
  const thread = dialect === sqlite ? readingThread(() => fileOf(own)) : null;
  return {
    ...own,
    prisma,
    beside: thread
      ? async <T>(sql: string, ...args: unknown[]) => (await thread.ask(sql, args)) as T[]
      : own.query,
    transaction: (work) =>
      prisma.$transaction((tx) => work(conn(tx as unknown as Surface, dialect)), {
        maxWait: 15_000,
        timeout: 30_000,
      }),
    batch: (statements) =>
      prisma.$transaction(statements.map(({ sql, args }) => prisma.$queryRawUnsafe<unknown[]>(sql, ...args))),
    lanes: dialect === sqlite ? 1 : 3,
    async close() {
      await thread?.end();
      await prisma.$disconnect();
    },
  };
}

/** The file of a SQLite store. */
export async function fileOf(store: Pick<Conn, 'query'>): Promise<string> {
  const rows = await store.query<{ name: string; file: string }>('PRAGMA database_list');
  const file = rows.find((row) => row.name === 'main')?.file;
  if (!file) throw new Error('the store has no file that a second connection could read');
  return file;
}
