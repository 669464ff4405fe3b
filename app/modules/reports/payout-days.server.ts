import type { Ctx } from '#app/platform/context.server.ts';
import { ms, type NarrowedLeads, type Num, num, PAYS, type Time, Where } from './payout-filter.server.ts';
import type { Grouping, PayoutSums } from './payout-schema.ts';
import { type Entry, Tally } from './payout-tally.ts';

type Read = Pick<Ctx, 'store'>;
const COLUMN = { campaign: 'networkCampaignId', affiliate: 'affiliateId' } as const;

/** Leads of one hold state that release between two moments, of one currency and group; what is not asked for is null. */
export interface ReleaseRow extends Entry {
  campaignId: string | null;
  affiliateId: string | null;
  /** Of them with holding days that are assumed. */
  assumed: number;
}

interface Asked {
  /** ms since 1970; `to` is not in it. */
  from: number;
  to: number;
  by: readonly Grouping[];
  filter: NarrowedLeads;
}

/** What releases in a time: `atOnce` was never held, for its campaign has no holding period. */
export interface Releases {
  held: ReleaseRow[];
  released: ReleaseRow[];
  atOnce: ReleaseRow[];
}

/**
 * What releases between two moments: still held from `now` on, already released before. One short statement a state
 * on the index Lead_release_idx, which holds all that is summed; what was paid at once, where the month has any, on
 * Lead_at_once_idx.
 */
export async function readReleaseDay(
  ctx: Read,
  { now, atOnce, ...day }: Asked & { now: number; atOnce: boolean },
): Promise<Releases> {
  // a hold that ends this very millisecond is over
  const heldFrom = Math.max(day.from, now + 1);
  return {
    held: heldFrom < day.to ? await sumLeads(ctx, 'pending_release', { ...day, from: heldFrom }) : [],
    released: day.from <= now ? await sumLeads(ctx, 'released', day) : [],
    atOnce: atOnce && day.from <= now ? await sumLeads(ctx, 'none', day) : [],
  };
}

/** When leads of a state are paid, and the condition that finds them by the index made for it. */
const SPAN = {
  pending_release: { column: 'l."disputeBy"', is: `l."holdState" = 'pending_release'` },
  released: { column: 'l."disputeBy"', is: `l."holdState" = 'released'` },
  // as the partial index says it; an equality on the state would lead SQLite to Lead_release_idx, which has no such time
  none: { column: 'l."releasedAt"', is: `l."disputeBy" IS NULL AND l."holdState" <> 'disputed'` },
} as const;

/** Whether any lead was paid at once between two moments (ms): mostly there is none, and no day need be asked. */
export async function anyAtOnce(ctx: Read, from: number, to: number): Promise<boolean> {
  const where = new Where(ctx.store.dialect).within('l."releasedAt"', from, to);
  const found = await ctx.store.beside(
    `SELECT l."releasedAt" FROM "Lead" l WHERE ${SPAN.none.is} AND ${where.sql} ORDER BY l."releasedAt" LIMIT 1`,
    ...where.args,
  );
  return found.length > 0;
}

/** Held leads whose hold is over: the next turn of the clockwork marks them as released, unless no worker runs. */
export async function readOverdue(ctx: Read, filter: NarrowedLeads, now: number): Promise<PayoutSums> {
  const { dialect } = ctx.store;
  const tally = new Tally();
  // mostly there is none; and a range that begins where they begin is never read by way of another index
  const [first] = await ctx.store.beside<{ disputeBy: Time }>(
    `SELECT "disputeBy" FROM "Lead" WHERE "holdState" = 'pending_release' AND "disputeBy" <= ${dialect.p(1)} ORDER BY "disputeBy" LIMIT 1`,
    dialect.time(now),
  );
  if (!first) return tally.read();
  const asked = { from: ms(first.disputeBy), to: now + 1, by: [], filter };
  for (const row of await sumLeads(ctx, 'pending_release', asked)) tally.add(row);
  return tally.read();
}

interface Row {
  networkCampaignId?: string | null;
  affiliateId?: string | null;
  currency: string | null;
  n: Num;
  known: Num;
  minor: Num;
  assumed: Num;
}

async function sumLeads(
  ctx: Read,
  state: keyof typeof SPAN,
  { from, to, by, filter }: Asked,
): Promise<ReleaseRow[]> {
  const { column, is } = SPAN[state];
  const where = new Where(ctx.store.dialect).within(column, from, to).leads('l', filter);
  const keys = [...by.map((name) => `l."${COLUMN[name]}"`), 'l."currency"'].join(', ');
  const rows = await ctx.store.beside<Row>(
    `SELECT ${keys}, count(*) AS "n", count(${PAYS}) AS "known", CAST(sum(${PAYS}) AS BIGINT) AS "minor",
       sum(CASE WHEN l."holdAssumed" THEN 1 ELSE 0 END) AS "assumed" FROM "Lead" l
     WHERE ${is} AND ${where.sql} GROUP BY ${keys}`,
    ...where.args,
  );
  return rows.map((row) => ({
    campaignId: row.networkCampaignId ?? null,
    affiliateId: row.affiliateId ?? null,
    currency: row.currency,
    count: num(row.n),
    known: row.currency === null ? 0 : num(row.known),
    minor: num(row.minor),
    assumed: num(row.assumed),
  }));
}
