import {
  listDifferences,
  readDifferenceSums,
  readOverview,
  readPayoutCalendar,
  readRefundRate,
  readUnitHints,
} from '#app/modules/reports/index.server.ts';
import type { Grouping } from '#app/modules/reports/payout-schema.ts';
import { between } from '#app/modules/reports/reading-schema.ts';
import { type LeadsNarrowing, NO_NARROWING } from '#app/modules/reports/report-filter-schema.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore, type Store } from '#app/platform/db/store.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { serveCalls } from '../child.ts';
import { LEADS_NOW_MS, writeLeads } from '../lead-rows.ts';
import type { ReportCost } from '../reports.ts';
import { quantile } from '../stats.ts';
import type { Place } from '../stores.ts';
import { addressOf, inTurns, openRaw, recorded, type Timing } from './asking.ts';

/** A store with leads of every kind: what each report of finance costs in it, beside its own SQL run raw. */

const DAY_MS = 86_400_000;
const known = { clock: { now: () => LEADS_NOW_MS }, log: createLog('error') };
const TABLES = `'Lead', 'Refund', 'Conversion'`;

/** Fills a new store; its indexes are made after the rows. */
async function fill({ place, count }: { place: Place; count: number }): Promise<void> {
  const sqlite = place.databaseUrl === null;
  await migrate(addressOf(place));
  const raw = await openRaw(place);
  const named = (await raw.rows(
    sqlite
      ? `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (${TABLES})`
      : `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename IN (${TABLES}) AND indexname NOT LIKE '%_pkey'`,
    [],
  )) as { name: string; sql: string }[];
  for (const index of named) await raw.run(`DROP INDEX "${index.name}"`);
  const store = await openStore(addressOf(place));
  await writeLeads(store, count);
  await store.close();
  for (const index of named) await raw.run(index.sql);
  await raw.run(sqlite ? 'PRAGMA wal_checkpoint(TRUNCATE)' : 'VACUUM ANALYZE');
  await raw.close();
}

type Ask = (store: Store) => Promise<unknown[]>;

const ever = between(null, null);
const month = between(LEADS_NOW_MS - 30 * DAY_MS, null);
const narrowed = (filter: Partial<LeadsNarrowing>): LeadsNarrowing => ({ ...NO_NARROWING, ...filter });
const calendar =
  (key: string, by: Grouping, filter: Partial<LeadsNarrowing> = {}): Ask =>
  async (store) =>
    (
      await readPayoutCalendar(
        { store, ...known },
        { month: key, zone: 'Europe/Berlin', by, filter: narrowed(filter) },
      )
    ).groups;
const rates =
  (time: typeof ever, filter: Partial<LeadsNarrowing> = {}): Ask =>
  async (store) =>
    (await readRefundRate({ store, ...known }, { time, filter: narrowed(filter), sort: 'rate' })).rows;

/** The reports by what they are called. Every one must find something. */
const QUESTIONS: Record<string, Ask> = {
  'calendar of this month, by campaign': calendar('2026-11', 'campaign'),
  'calendar of the next month, by affiliate': calendar('2026-12', 'affiliate'),
  'calendar of one campaign, by affiliate': calendar('2026-11', 'affiliate', { campaign: ['camp_7'] }),
  'refund rate, 30 days': rates(month),
  'refund rate, any time': rates(ever),
  'refund rate, one network': rates(ever, { network: ['harbour'] }),
  'refund rate, one campaign': rates(ever, { campaign: ['camp_7'] }),
  'expected and actual, sums': async (store) =>
    (await readDifferenceSums({ store, ...known }, { time: ever, filter: NO_NARROWING, hundredfold: false }))
      .sums,
  'expected and actual, leads of one affiliate': async (store) =>
    (
      await listDifferences(
        { store, ...known },
        { from: null, to: null, filter: narrowed({ affiliate: 'aff_100' }), hundredfold: true, limit: 50 },
      )
    ).items,
  'signs of a wrong unit': async (store) => [await readUnitHints({ store }, NO_NARROWING)],
  overview: async (store) =>
    (await readOverview({ store, ...known }, NOBODY, { zone: 'Europe/Berlin' })).releases,
};

const nobody = async (): Promise<never> => {
  throw new Error('there is no such account');
};
/** Nothing fails in this store, so nobody is asked to explain it. */
const NOBODY: Parameters<typeof readOverview>[1] = {
  accounts: { all: async () => [], byId: nobody, idByName: nobody },
  connectorOf: () => {
    throw new Error('there is no such account');
  },
};

/** The most CPU that this thread spends between two turns of its loop while `work` is done, ms: not what others take of it. */
async function heldBy(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [most, before, done] = [0, used(), false];
  const turn = (): void => {
    const now = used();
    most = Math.max(most, now - before);
    before = now;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  done = true;
  turn();
  return most;
}

/** Each report anew (nothing of it remembered), as raw SQL, and again where it is remembered. */
async function ask({ place, times }: { place: Place; times: number }): Promise<Record<string, ReportCost>> {
  const store = await openStore(addressOf(place));
  const raw = await openRaw(place);
  const out: Record<string, ReportCost> = {};
  for (const [name, question] of Object.entries(QUESTIONS)) {
    // what is remembered is remembered of a store: another object remembers nothing
    const anew = () => question({ ...store });
    if ((await anew()).length === 0) throw new Error(`"${name}" finds nothing`);
    const statements = await recorded(store, question);
    const measured = await inTurns(
      {
        anew,
        raw: async () => {
          for (const { sql, args } of statements) await raw.rows(sql, args);
        },
        again: () => question(store),
      },
      times,
    );
    const held: number[] = [];
    for (let i = 0; i < times; i++) held.push(await heldBy(anew));
    const { anew: first, raw: sql, again } = measured as Record<'anew' | 'raw' | 'again', Timing>;
    out[name] = { anew: first, raw: sql, again, heldMs: quantile(held, 0.95) };
  }
  await raw.close();
  await store.close();
  return out;
}

serveCalls({ fill, ask });
