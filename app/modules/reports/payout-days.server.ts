import type { Ctx } from '#app/platform/context.server.ts';
import { type NarrowedLeads, type Num, num, PAYS, Where } from './payout-filter.server.ts';
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

/**
 * What releases between two moments: still held from `now` on, already released before. One short statement a state
 * on the index Lead_release_idx, which holds all that is summed.
 */
export async function readReleaseDay(
  ctx: Read,
  { now, ...day }: Asked & { now: number },
): Promise<{ held: ReleaseRow[]; released: ReleaseRow[] }> {
  // a hold that ends this very millisecond is over
  const heldFrom = Math.max(day.from, now + 1);
  return {
    held: heldFrom < day.to ? await sumLeads(ctx, 'pending_release', { ...day, from: heldFrom }) : [],
    released: day.from <= now ? await sumLeads(ctx, 'released', day) : [],
  };
}

/** Held leads whose hold is over: the next turn of the clockwork marks them as released, unless no worker runs. */
export async function readOverdue(ctx: Read, filter: NarrowedLeads, now: number): Promise<PayoutSums> {
  const { dialect } = ctx.store;
  const tally = new Tally();
  // mostly there is none; and a range that begins where they begin is never read by way of another index
  const [first] = await ctx.store.query<{ disputeBy: Date }>(
    `SELECT "disputeBy" FROM "Lead" WHERE "holdState" = 'pending_release' AND "disputeBy" <= ${dialect.p(1)} ORDER BY "disputeBy" LIMIT 1`,
    dialect.time(now),
  );
  if (!first) return tally.read();
  const asked = { from: first.disputeBy.getTime(), to: now + 1, by: [], filter };
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
  state: 'pending_release' | 'released',
  { from, to, by, filter }: Asked,
): Promise<ReleaseRow[]> {
  const where = new Where(ctx.store.dialect).within('l."disputeBy"', from, to).leads('l', filter);
  const keys = [...by.map((name) => `l."${COLUMN[name]}"`), 'l."currency"'].join(', ');
  const rows = await ctx.store.query<Row>(
    `SELECT ${keys}, count(*) AS "n", count(${PAYS}) AS "known", CAST(sum(${PAYS}) AS BIGINT) AS "minor",
       sum(CASE WHEN l."holdAssumed" THEN 1 ELSE 0 END) AS "assumed" FROM "Lead" l
     WHERE l."holdState" = '${state}' AND ${where.sql} GROUP BY ${keys}`,
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
