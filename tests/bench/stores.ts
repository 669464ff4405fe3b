import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../setup/postgres.mjs';

/** Where one benchmark keeps its rows: a directory, and the store's address (empty for SQLite in that directory). */
export interface Place {
  store: 'SQLite' | 'PostgreSQL';
  dataDir: string;
  databaseUrl: string | null;
}

export interface Stores {
  kinds: Place['store'][];
  /** A new and empty store. */
  make(store: Place['store'], name: string): Promise<Place>;
  /** Gives its room back. */
  drop(place: Place): Promise<void>;
  stop(): Promise<void>;
}

/** Starts what the benchmarks keep rows in. PostgreSQL is left out, and said to be, where it cannot be had. */
export async function openStores(only: string | null): Promise<Stores> {
  const base = mkdtempSync(path.join(tmpdir(), 'leadline-bench-'));
  const server = only === 'sqlite' ? null : await startPostgres();
  if (!server && only !== 'sqlite')
    console.log('PostgreSQL is neither installed nor installable here: measured on SQLite alone');
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server?.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  let made = 0;
  return {
    kinds: [...(only === 'postgres' ? [] : ['SQLite' as const]), ...(server ? ['PostgreSQL' as const] : [])],
    async make(store, name) {
      const dataDir = mkdtempSync(path.join(base, `${name}-`));
      if (store === 'SQLite') return { store, dataDir, databaseUrl: null };
      const database = `bench_${name}_${++made}`;
      await admin(`CREATE DATABASE ${database}`);
      return { store, dataDir, databaseUrl: server?.url.replace(/[^/]+$/, database) ?? null };
    },
    async drop(place) {
      rmSync(place.dataDir, { recursive: true, force: true });
      if (place.databaseUrl) await admin(`DROP DATABASE ${place.databaseUrl.split('/').pop()} WITH (FORCE)`);
    },
    async stop() {
      await server?.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
