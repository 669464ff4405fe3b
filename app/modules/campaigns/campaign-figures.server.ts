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

/** Leads and held payouts of campaigns, by our id of the campaign. Tests open no lead and count nowhere (RG-49). */
export async function campaignFigures(
  ctx: Pick<Ctx, 'store'>,
  campaigns: readonly { id: string; accountId: string; networkCampaignId: string }[],
): Promise<Record<string, CampaignFigures>> {
  const figures = await Promise.all(
    campaigns.map(async (campaign) => [campaign.id, await figuresOf(ctx, campaign)] as const),
  );
  return Object.fromEntries(figures);
}

async function figuresOf(
  { store }: Pick<Ctx, 'store'>,
  campaign: { accountId: string; networkCampaignId: string },
): Promise<CampaignFigures> {
  const { dialect } = store;
  const whose = `"accountId" = ${dialect.p(1)} AND "networkCampaignId" = ${dialect.p(2)}`;
  const args = [campaign.accountId, campaign.networkCampaignId];
  const [counted] = await store.query<{ n: bigint | number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM "Lead" WHERE ${whose} LIMIT ${COUNT_CAP}) AS seen`,
    ...args,
  );
  const sums = await store.query<{
    currency: string | null;
    n: bigint | number;
    cents: bigint | number | string | null;
  }>(
    `SELECT "currency", count(*) AS n, sum("payoutCents") AS cents FROM
     (SELECT "currency", "payoutCents" FROM "Lead" WHERE ${whose} AND "holdState" = 'pending_release' LIMIT ${SUM_CAP}) AS seen
     GROUP BY "currency" ORDER BY "currency"`,
    ...args,
  );
  const leads = Number(counted?.n ?? 0);
  const pending = sums.map((sum) => ({
    currency: sum.currency,
    count: Number(sum.n),
    payoutCents: Number(sum.cents ?? 0),
  }));
  return {
    leads: Math.min(leads, COUNT_CAP - 1),
    leadsCapped: leads >= COUNT_CAP,
    pending,
    pendingCapped: pending.reduce((sum, one) => sum + one.count, 0) >= SUM_CAP,
  };
}
