import type { Ctx } from '#app/platform/context.server.ts';

/** What came of a campaign so far. A capped number reads "at least". */
export interface CampaignFigures {
  leads: number;
  leadsCapped: boolean;
  /** Payouts still held, by currency, in minor units. */
  pending: { currency: string | null; count: number; payoutCents: number }[];
  pendingCapped: boolean;
}

/** Rows looked at for a count, and for a sum: enough to tell, and milliseconds at any size. */
const COUNT_CAP = 1_001;
const SUM_CAP = 5_001;

/** A campaign whose figures are asked for: our id of it, and what its leads carry. */
interface Asked {
  id: string;
  accountId: string;
  networkCampaignId: string;
}

/** Leads and held payouts of campaigns, by our id of the campaign. Tests open no lead and count nowhere (RG-49). */
export async function campaignFigures(
  ctx: Pick<Ctx, 'store'>,
  campaigns: readonly Asked[],
): Promise<Record<string, CampaignFigures>> {
  const counts = await countLeads(
    ctx,
    campaigns.map(({ id }) => id),
  );
  const figures = await Promise.all(
    campaigns.map(async (campaign) => {
      const leads = counts.get(campaign.id) ?? 0;
      // most of many campaigns have none, and nothing held
      const sums = leads === 0 ? [] : await sumHeld(ctx, campaign);
      const shown: CampaignFigures = {
        leads: Math.min(leads, COUNT_CAP - 1),
        leadsCapped: leads >= COUNT_CAP,
        pending: sums,
        pendingCapped: sums.reduce((sum, one) => sum + one.count, 0) >= SUM_CAP,
      };
      return [campaign.id, shown] as const;
    }),
  );
  return Object.fromEntries(figures);
}

/** Leads of each campaign up to the cap, all by one statement. */
async function countLeads(
  { store }: Pick<Ctx, 'store'>,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await store.query<{ id: string; n: bigint | number }>(
    `SELECT c."id", (SELECT count(*) FROM (SELECT 1 FROM "Lead" l WHERE l."accountId" = c."accountId" AND l."networkCampaignId" = c."networkCampaignId"
       LIMIT ${COUNT_CAP}) AS seen) AS "n" FROM "Campaign" c WHERE ${store.dialect.inList('c."id"', 1)}`,
    JSON.stringify(ids),
  );
  return new Map(rows.map(({ id, n }) => [id, Number(n)]));
}

/** Payouts that a campaign's leads still hold, by currency; of very many leads only so many. */
async function sumHeld({ store }: Pick<Ctx, 'store'>, campaign: Asked): Promise<CampaignFigures['pending']> {
  const { p } = store.dialect;
  const rows = await store.query<{
    currency: string | null;
    n: bigint | number;
    cents: bigint | number | string | null;
  }>(
    `SELECT "currency", count(*) AS n, sum("payoutCents") AS cents FROM
     (SELECT "currency", "payoutCents" FROM "Lead" WHERE "accountId" = ${p(1)} AND "networkCampaignId" = ${p(2)} AND "holdState" = 'pending_release' LIMIT ${SUM_CAP}) AS seen
     GROUP BY "currency" ORDER BY "currency"`,
    campaign.accountId,
    campaign.networkCampaignId,
  );
  return rows.map(({ currency, n, cents }) => ({
    currency,
    count: Number(n),
    payoutCents: Number(cents ?? 0),
  }));
}
