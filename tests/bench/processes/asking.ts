import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { Store } from '#app/platform/db/store.server.ts';
import { quantile } from '../stats.ts';
import type { Place } from '../stores.ts';

/** What the benchmarks of large stores share: SQL beside Prisma, questions in turns, and what a question asked. */
export const addressOf = (place: Place): string =>
  place.databaseUrl ?? `file:${path.join(place.dataDir, 'leadline.db')}`;

/** Runs SQL beside Prisma. */
export interface Raw {
  run(sql: string): Promise<void>;
  rows(sql: string, args: unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
}

export async function openRaw(place: Place): Promise<Raw> {
  if (!place.databaseUrl) {
    const db = new Database(path.join(place.dataDir, 'leadline.db'));
    db.pragma('cache_size = -65536');
    return {
      run: async (sql) => void db.exec(sql),
      rows: async (sql, args) => db.prepare(sql).all(...args),
      close: async () => void db.close(),
    };
  }
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  return {
    run: async (sql) => void (await client.query(sql)),
    rows: async (sql, args) => (await client.query(sql, args)).rows,
    close: () => client.end(),
  };
}

export interface Timing {
  p50: number;
  p95: number;
  cpu: number;
}

/** Runs the works in turns, so that whatever else the machine does falls on all of them alike. ms and CPU µs. */
export async function inTurns(
  works: Record<string, () => Promise<unknown>>,
  times: number,
): Promise<Record<string, Timing>> {
  const took = new Map<string, { ms: number[]; cpu: number }>(
    Object.keys(works).map((name) => [name, { ms: [], cpu: 0 }]),
  );
  const warmUp = Math.ceil(times / 10);
  for (let n = -warmUp; n < times; n++) {
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      const begun = performance.now();
      await work();
      const ms = performance.now() - begun;
      const used = process.cpuUsage(before);
      const kept = took.get(name);
      if (n < 0 || !kept) continue;
      kept.ms.push(ms);
      kept.cpu += used.user + used.system;
    }
  }
  return Object.fromEntries(
    [...took].map(([name, { ms, cpu }]) => [
      name,
      { p50: quantile(ms, 0.5), p95: quantile(ms, 0.95), cpu: cpu / times },
    ]),
  );
}

export interface Statement {
  sql: string;
  args: unknown[];
}

/** The statements that a question asks of the store, in order. */
export async function recorded(store: Store, ask: (store: Store) => Promise<unknown>): Promise<Statement[]> {
  const heard: Statement[] = [];
  const query: Store['query'] = (sql, ...args) => {
    heard.push({ sql, args });
    return store.query(sql, ...args);
  };
  const beside: Store['beside'] = (sql, ...args) => {
    heard.push({ sql, args });
    return store.beside(sql, ...args);
  };
  await ask({ ...store, query, beside });
  if (heard.length === 0) throw new Error('nothing was asked');
  return heard;
}
