import type { Ctx } from '#app/platform/context.server.ts';

/** Newest postbacks of the account that are looked through. */
const LOOK_THROUGH = 5_000;
const CAP = 1_001;

/** What goes on around a campaign, in numbers that cost milliseconds at any size. */
export interface CampaignActivity {
  /** Postbacks of the campaign by status, among the newest of its account. A refused one names no campaign. */
  postbacks: { status: string; count: number }[];
  lookedThrough: number;
  /** Postbacks of the account that wait because one of the two ran out (RG-50), counted to 1,000. */
  ranOut: { budget: number; wallet: number };
}

const RAN_OUT = {
  budget: 'CAMPAIGN_BUDGET_EXHAUSTED',
  wallet: 'ADVERTISER_WALLET_INSUFFICIENT_BALANCE',
} as const;

/** Reads what a campaign's page shows beside the facts. */
export async function campaignActivity(
  { store }: Pick<Ctx, 'store'>,
  campaign: { accountId: string; networkCampaignId: string },
): Promise<CampaignActivity> {
  const { dialect } = store;
  const postbacks = await store.query<{ status: string; n: bigint | number }>(
    `SELECT "status", count(*) AS n FROM
       (SELECT "status", "kind", "networkCampaignId" FROM "OutboxMessage" WHERE "accountId" = ${dialect.p(1)}
        ORDER BY "id" DESC LIMIT ${LOOK_THROUGH}) AS seen
     WHERE "networkCampaignId" = ${dialect.p(2)} AND "kind" = 'postback' GROUP BY "status" ORDER BY n DESC`,
    campaign.accountId,
    campaign.networkCampaignId,
  );
  const waiting = async (code: string): Promise<number> => {
    const [row] = await store.query<{ n: bigint | number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM "OutboxMessage" WHERE "errorCode" = ${dialect.p(1)}
         AND "accountId" = ${dialect.p(2)} AND "status" IN ('failed', 'exhausted', 'parked') LIMIT ${CAP}) AS seen`,
      code,
      campaign.accountId,
    );
    return Math.min(Number(row?.n ?? 0), CAP - 1);
  };
  return {
    postbacks: postbacks.map((row) => ({ status: row.status, count: Number(row.n) })),
    lookedThrough: LOOK_THROUGH,
    ranOut: { budget: await waiting(RAN_OUT.budget), wallet: await waiting(RAN_OUT.wallet) },
  };
}
