import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import { lookUp, type NarrowedLeads, PAYS, Where } from './payout-filter.server.ts';
import type { AskedTime } from './reading-schema.ts';
import { inOrder, rateAll, shareOf } from './refund-rate.ts';
import { Counts, type LeadsRow, type RefundedRow, totalOf } from './refund-rate-counts.ts';
import type { RateRow, RateSort, RefundRateReport } from './refund-rate-schema.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';
import { shelfOf } from './shelf.server.ts';

type Context = Pick<Ctx, 'store' | 'clock' | 'log'>;
const DAY_MS = 86_400_000;
const ROWS_MAX = 200;
/** No rate is asked of times before. */
const EARLIEST = Date.UTC(2020, 0, 1);

export interface RateQuery {
  /** When the leads were opened. */
  time: AskedTime;
  filter: LeadsNarrowing;
  sort: RateSort;
}

/** Rates of all affiliates, in no order, of the leads opened between two moments (ms since 1970). */
export interface AllRates {
  from: number;
  to: number;
  rows: RateRow[];
}

/** How many of the leads opened in a time were refunded since, by affiliate. `reading` says how old it is. */
export async function readRefundRate(ctx: Context, query: RateQuery): Promise<RefundRateReport> {
  const { time, filter, sort } = query;
  const key = `refund rate ${time.key} ${JSON.stringify(filter)}`;
  const { value, reading } = await shelfOf(ctx.store).ask(ctx, key, () =>
    readAllRates(ctx, { ...time.bounds(nowOf(ctx).getTime()), filter }),
  );
  const sorted = inOrder(value.rows, sort);
  const total = totalOf(value.rows);
  return {
    from: new Date(value.from).toISOString(),
    to: new Date(value.to).toISOString(),
    total: { ...total, ...shareOf(total) },
    outliers: value.rows.filter((row) => row.outlier).length,
    rows: sorted.slice(0, ROWS_MAX),
    moreRows: Math.max(0, sorted.length - ROWS_MAX),
    reading,
  };
}

/** The same for all affiliates, as it is now: for exports. Bounds in ms since 1970; null: since ever, until now. */
export async function readAllRates(
  ctx: Context,
  query: { from: number | null; to: number | null; filter: LeadsNarrowing },
): Promise<AllRates> {
  const to = query.to ?? nowOf(ctx).getTime() + 1;
  const from = Math.min(Math.max(query.from ?? 0, EARLIEST), to);
  const filter = await lookUp(ctx, query.filter);
  const counts = new Counts();
  for (const row of await countLeads(ctx, filter, from, to)) counts.leads(row);
  for (const row of await countRefunded(ctx, filter, from, to)) counts.refunded(row);
  return { from, to, rows: rateAll(counts.all()) };
}

/** Leads by affiliate and currency, answered from the index Lead_affiliate_period_idx alone. */
function countLeads(
  { store }: Context,
  filter: NarrowedLeads,
  from: number,
  to: number,
): Promise<LeadsRow[]> {
  const where = new Where(store.dialect).within('l."createdAt"', from, to).leads('l', filter);
  return store.beside<LeadsRow>(
    `SELECT l."affiliateId", l."currency", count(*) AS "n", CAST(sum(${PAYS}) AS BIGINT) AS "minor" FROM "Lead" l
     WHERE ${where.sql} GROUP BY l."affiliateId", l."currency"`,
    ...where.args,
  );
}

/**
 * Leads of which a refund stands, each once, as the worst that happened to it. Found by the refunds' index on them: an
 * id tells when its lead was opened. Ids never go back, though a clock may: they are looked for a day further.
 */
function countRefunded(
  { store }: Context,
  filter: NarrowedLeads,
  from: number,
  to: number,
): Promise<RefundedRow[]> {
  const where = new Where(store.dialect)
    .add((p) => `"leadId" >= ${p}`, firstIdAt('led', from))
    .add((p) => `"leadId" < ${p}`, firstIdAt('led', to + DAY_MS));
  const ids = where.sql;
  where.parts.length = 0;
  where.within('l."createdAt"', from, to).leads('l', filter);
  return store.beside<RefundedRow>(
    `SELECT l."affiliateId", l."currency", count(*) AS "n", CAST(sum(${PAYS}) AS BIGINT) AS "minor",
       sum(r."chargeback") AS "chargebacks", sum(CASE WHEN r."chargeback" = 0 THEN r."fraud" ELSE 0 END) AS "frauds"
     FROM (SELECT "leadId", max(CASE WHEN "kind" = 'chargeback' THEN 1 ELSE 0 END) AS "chargeback", max(CASE WHEN "kind" = 'fraud' THEN 1 ELSE 0 END) AS "fraud"
           FROM "Refund" WHERE "leadId" IS NOT NULL AND "reversal" IS NULL AND "matchDoubt" IS NULL AND ${ids} GROUP BY "leadId") r
     JOIN "Lead" l ON l."id" = r."leadId" WHERE ${where.sql} GROUP BY l."affiliateId", l."currency"`,
    ...where.args,
  );
}
