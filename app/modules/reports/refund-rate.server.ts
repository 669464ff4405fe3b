import { encodeTime } from 'ulid';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { inTurn } from './in-turn.server.ts';
import { keepLong, lookUp, type NarrowedLeads, PAYS, Where } from './payout-filter.server.ts';
import { inOrder, rateAll, shareOf } from './refund-rate.ts';
import { Counts, type LeadsRow, type RefundedRow, totalOf } from './refund-rate-counts.ts';
import type { RateRow, RateSort, RefundRateReport } from './refund-rate-schema.ts';
import { remember } from './remember.server.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;
const DAY_MS = 86_400_000;
/** Bounds of time are rounded to this, so that who asks a moment later asks for the same. */
const ROUND_MS = 300_000;
const ROWS_MAX = 200;
/** Statements of leads: so many stretches of time, each for so many groups of affiliates. */
const STRETCHES = 6;
const GROUPS = 40;
/** Stretches of ids in which refunds are read. */
const ID_STRETCHES = 40;
/** No rate is asked of times before. */
const EARLIEST = Date.UTC(2020, 0, 1);

export interface RateQuery {
  /** Leads opened between, in ms since 1970; null: since ever, until now. */
  from: number | null;
  to: number | null;
  filter: LeadsNarrowing;
  sort: RateSort;
}

/** How many of the leads opened in a time were refunded since, by affiliate; at most two minutes old. */
export async function readRefundRate(ctx: Context, query: RateQuery): Promise<RefundRateReport> {
  const { from, to, rows } = await readAllRates(ctx, query);
  const sorted = inOrder(rows, query.sort);
  const total = totalOf(rows);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    total: { ...total, ...shareOf(total) },
    outliers: rows.filter((row) => row.outlier).length,
    rows: sorted.slice(0, ROWS_MAX),
    moreRows: Math.max(0, sorted.length - ROWS_MAX),
  };
}

/** The same for all affiliates, in no order. */
export async function readAllRates(
  ctx: Context,
  query: Pick<RateQuery, 'from' | 'to' | 'filter'>,
): Promise<{ from: number; to: number; rows: RateRow[] }> {
  const now = nowOf(ctx).getTime();
  const floor = (ms: number) => Math.floor(ms / ROUND_MS) * ROUND_MS;
  const to = Math.min(query.to ?? Number.MAX_SAFE_INTEGER, floor(now) + ROUND_MS);
  const from = Math.min(Math.max(query.from === null ? 0 : floor(query.from), EARLIEST), to);
  const key = `refund rate ${from} ${to} ${JSON.stringify(query.filter)}`;
  const rows = await remember(ctx.store, key, keepLong, async () => {
    const filter = await lookUp(ctx, query.filter);
    const counts = new Counts();
    await countLeads(ctx, filter, from, to, counts);
    await countRefunded(ctx, filter, from, to, counts);
    return rateAll(counts.all());
  });
  return { from, to, rows };
}

/** Leads by affiliate and currency: some affiliates and a stretch of time a statement, answered from an index alone. */
async function countLeads(
  ctx: Context,
  filter: NarrowedLeads,
  from: number,
  to: number,
  counts: Counts,
): Promise<void> {
  const { store } = ctx;
  const earliest = await firstLead(ctx, from);
  const affiliates = filter.affiliate === null ? await affiliatesOf(ctx) : [filter.affiliate];
  const size = Math.max(8, Math.ceil(affiliates.length / GROUPS));
  const batches: (readonly string[] | null)[] = filter.affiliate === null ? [null] : [];
  for (let i = 0; i < affiliates.length; i += size) batches.push(affiliates.slice(i, i + size));
  const reads = batches.flatMap((batch) =>
    stretches(earliest, to, STRETCHES).map(({ from, to }) => async () => {
      const where = new Where(store.dialect);
      if (batch) where.oneOf('l."affiliateId"', batch);
      else where.parts.push('l."affiliateId" IS NULL');
      where.within('l."createdAt"', from, to).leads('l', { ...filter, affiliate: null });
      const rows = await store.query<LeadsRow>(
        `SELECT l."affiliateId", l."currency", count(*) AS "n", CAST(sum(${PAYS}) AS BIGINT) AS "minor" FROM "Lead" l
         WHERE ${where.sql} GROUP BY l."affiliateId", l."currency"`,
        ...where.args,
      );
      for (const row of rows) counts.leads(row);
    }),
  );
  await inTurn(store, reads);
}

/** Leads of which a refund stands, found by the refunds' index on them: an id tells when its lead was opened. */
async function countRefunded(
  ctx: Context,
  filter: NarrowedLeads,
  from: number,
  to: number,
  counts: Counts,
): Promise<void> {
  const { store } = ctx;
  const earliest = await firstLead(ctx, from);
  // ids never go back, though a clock may: the last stretch reaches a day further
  const reads = stretches(earliest, to + DAY_MS, ID_STRETCHES).map((stretch) => async () => {
    const where = new Where(store.dialect)
      .add((p) => `"leadId" >= ${p}`, idAt(stretch.from))
      .add((p) => `"leadId" < ${p}`, idAt(stretch.to));
    const ids = where.sql;
    where.parts.length = 0;
    where.within('l."createdAt"', from, to).leads('l', filter);
    const rows = await store.query<RefundedRow>(
      `SELECT l."affiliateId", l."currency", count(*) AS "n", CAST(sum(${PAYS}) AS BIGINT) AS "minor",
         sum(r."chargeback") AS "chargebacks", sum(CASE WHEN r."chargeback" = 0 THEN r."fraud" ELSE 0 END) AS "frauds"
       FROM (SELECT "leadId", max(CASE WHEN "kind" = 'chargeback' THEN 1 ELSE 0 END) AS "chargeback", max(CASE WHEN "kind" = 'fraud' THEN 1 ELSE 0 END) AS "fraud"
             FROM "Refund" WHERE "leadId" IS NOT NULL AND "reversal" IS NULL AND "matchDoubt" IS NULL AND ${ids} GROUP BY "leadId") r
       JOIN "Lead" l ON l."id" = r."leadId" WHERE ${where.sql} GROUP BY l."affiliateId", l."currency"`,
      ...where.args,
    );
    for (const row of rows) counts.refunded(row);
  });
  await inTurn(store, reads);
}

const idAt = (ms: number): string => `led_${encodeTime(Math.max(0, ms), 10)}`;

/** When the first lead since `from` was opened, by its id; `from` where there is none. */
async function firstLead(ctx: Context, from: number): Promise<number> {
  const { store } = ctx;
  const [row] = await store.query<{ createdAt: Date }>(
    `SELECT "createdAt" FROM "Lead" WHERE "id" >= ${store.dialect.p(1)} ORDER BY "id" LIMIT 1`,
    idAt(from),
  );
  return Math.max(from, row?.createdAt.getTime() ?? from);
}

/** All affiliates there are, by jumping from one to the next in the index. */
async function affiliatesOf(ctx: Context): Promise<string[]> {
  const rows = await ctx.store.query<{ id: string }>(
    `WITH RECURSIVE a("id") AS (
       SELECT min("affiliateId") FROM "Lead"
       UNION ALL SELECT (SELECT min("affiliateId") FROM "Lead" WHERE "affiliateId" > a."id") FROM a WHERE a."id" IS NOT NULL)
     SELECT "id" FROM a WHERE "id" IS NOT NULL`,
  );
  return rows.map(({ id }) => id);
}

function stretches(from: number, to: number, count: number): { from: number; to: number }[] {
  const step = Math.max(1, Math.ceil((to - from) / count));
  const out: { from: number; to: number }[] = [];
  for (let at = from; at < to; at += step) out.push({ from: at, to: Math.min(to, at + step) });
  return out;
}
