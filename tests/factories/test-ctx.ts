import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TurnableClock } from '#app/platform/clock.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { createLive } from '#app/platform/live.server.ts';
import { createLog } from '#app/platform/log.server.ts';

/** The directory that holds `prisma/`. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const TEST_SECRET = 'a secret for tests only, 32 bytes and more';

export interface TestCtx {
  ctx: Ctx & { clock: TurnableClock };
  /** Address of the store, to open it a second time. */
  url: string;
  /** A directory of the test's own, removed by `close`. */
  dir: string;
  close(): Promise<void>;
}

/** A new, empty database beside the one that `url` names, and a function that drops it. */
export async function temporaryDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const { default: pg } = await import('pg');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/**
 * What verbs are given, on a store of its own: migrated and empty. SQLite in a temporary directory, or, where the
 * environment names TEST_DATABASE_URL (or `url` is a PostgreSQL address), a database made for this test there.
 * The clock runs with real time until the test turns it; the log is silent.
 */
export async function makeTestCtx(options: { url?: string } = {}): Promise<TestCtx> {
  const server = options.url ?? process.env.TEST_DATABASE_URL;
  const dir = await mkdtemp(path.join(tmpdir(), 'leadline-test-'));
  const own = server?.startsWith('postgres') ? await temporaryDatabase(server) : null;
  const url = own?.url ?? `file:${path.join(dir, 'leadline.db')}`;
  await migrate(url, ROOT);
  const store = await openStore(url);
  const clock = new TurnableClock();
  const log = createLog('silent');
  const ctx = {
    store,
    clock,
    newId: idFactory(clock),
    live: createLive(),
    log,
    vault: createVault(TEST_SECRET),
  };
  return {
    ctx,
    url,
    dir,
    async close() {
      await store.close();
      await own?.drop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
