import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../errors.ts';

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
  rolled_back_at: unknown;
}

/** The few things a migration run needs of a store. */
interface Target {
  dialect: 'sqlite' | 'postgres';
  exec(sql: string): Promise<void>;
  run(sql: string, args: unknown[]): Promise<void>;
  /** What was applied so far; nothing in a store that is new. */
  applied(): Promise<Applied[]>;
  /** Keeps other processes that start at the same time waiting until `close`. */
  lock(): Promise<void>;
  close(): Promise<void>;
}

const TABLE = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
  postgres: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" ("id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`,
};
const SELECT = 'SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations"';
/** The advisory lock that Prisma Migrate itself takes. */
const PRISMA_LOCK = 72707369;

async function sqliteTarget(url: string): Promise<Target> {
  const { default: Database } = await import('better-sqlite3');
  const file = url.slice('file:'.length);
  mkdirSync(path.dirname(file), { recursive: true });
  const db = new Database(file, { timeout: 30_000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const known = () => db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  return {
    dialect: 'sqlite',
    lock: async () => void db.exec('BEGIN IMMEDIATE'),
    exec: async (sql) => void db.exec(sql),
    run: async (sql, args) => void db.prepare(sql.replace(/\$\d/g, '?')).run(...args),
    applied: async () => (known() ? (db.prepare(SELECT).all() as Applied[]) : []),
    close: async () => {
      if (db.inTransaction) db.exec('COMMIT');
      db.close();
    },
  };
}

async function postgresTarget(url: string): Promise<Target> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((cause: unknown) => {
    const { hostname, port } = new URL(url);
    const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
    throw new Error(
      `Leadline cannot start: PostgreSQL at ${hostname}:${port || 5432} cannot be used (${messageOf(inner)}). Is it up, and is DATABASE_URL right?`,
      { cause },
    );
  });
  const known = async () =>
    (await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS known`)).rows[0]?.known;
  return {
    dialect: 'postgres',
    lock: async () => void (await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])),
    exec: async (sql) => void (await client.query(sql)),
    run: async (sql, args) => void (await client.query(sql, args)),
    applied: async () => ((await known()) ? (await client.query<Applied>(SELECT)).rows : []),
    close: () => client.end(),
  };
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** Whether every migration was applied as it stands, and none failed. */
const isUpToDate = (rows: readonly Applied[], migrations: readonly Migration[]): boolean =>
  rows.every((row) => row.finished_at || row.rolled_back_at) &&
  migrations.every(({ name, checksum }) =>
    rows.some(
      (row) =>
        row.migration_name === name && row.checksum === checksum && row.finished_at && !row.rolled_back_at,
    ),
  );

function committed(dir: string): Migration[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(dir, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(dir, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function apply(target: Target, migration: Migration): Promise<void> {
  const at = () => (target.dialect === 'sqlite' ? Date.now() : new Date().toISOString());
  const id = randomUUID();
  await target.run(
    'INSERT INTO "_prisma_migrations" (id, checksum, started_at, migration_name) VALUES ($1, $2, $3, $4)',
    [id, migration.checksum, at(), migration.name],
  );
  // one transaction a migration: on SQLite the run's own, on PostgreSQL this one
  await target.exec(target.dialect === 'postgres' ? `BEGIN;\n${migration.sql}\nCOMMIT;` : migration.sql);
  await target.run(
    'UPDATE "_prisma_migrations" SET finished_at = $1, applied_steps_count = 1 WHERE id = $2',
    [at(), id],
  );
}

/**
 * Applies the committed migrations that the store lacks, in order, and keeps Prisma's own `_prisma_migrations`
 * table in step. `root` is the directory that holds `prisma/`. Answers the names applied. Throws when a migration
 * failed before, or when an applied one has been edited since.
 */
export async function migrate(url: string, root = '.'): Promise<string[]> {
  const target = url.startsWith('file:') ? await sqliteTarget(url) : await postgresTarget(url);
  try {
    const migrations = committed(path.join(root, 'prisma', target.dialect, 'migrations'));
    // the usual start: no lock, so that it waits for nobody who is writing just now
    if (isUpToDate(await target.applied(), migrations)) return [];
    await target.lock();
    await target.exec(TABLE[target.dialect]);
    const rows = await target.applied();
    const stuck = rows.find((row) => !row.finished_at && !row.rolled_back_at);
    if (stuck)
      throw new Error(
        `Migration ${stuck.migration_name} failed before: restore the backup taken before the upgrade, or see "prisma migrate resolve"`,
      );
    const done = new Map(
      rows.filter((row) => !row.rolled_back_at).map((row) => [row.migration_name, row.checksum]),
    );
    const names: string[] = [];
    for (const migration of migrations) {
      const before = done.get(migration.name);
      if (before === migration.checksum) continue;
      if (before)
        throw new Error(
          `Migration ${migration.name} was edited after it had been applied: take the file back from the release it came with`,
        );
      await apply(target, migration);
      names.push(migration.name);
    }
    return names;
  } finally {
    await target.close();
  }
}
