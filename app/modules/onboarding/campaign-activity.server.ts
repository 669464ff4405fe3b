import type { Ctx } from '#app/platform/context.server.ts';

/** Newest postbacks of the account that are looked through. */
const LOOK_THROUGH = 5_000;
const CAP = 1_001;
/** Newest accepted postbacks of the campaign that its tracking codes are read from. */
const CODES_OF = 2_000;

/** What goes on around a campaign, in numbers that cost milliseconds at any size. */
export interface CampaignActivity {
  /** Postbacks of the campaign by status, among the newest of its account. A refused one names no campaign. */
  postbacks: { status: string; count: number }[];
  lookedThrough: number;
  /**
   * Postbacks that wait because one of the two ran out (RG-50), counted to 1,000: the wallet's of the whole account,
   * the budget's of this campaign. A refused postback names no campaign; it is told by a tracking code that the
   * campaign took before.
   */
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
  const codes = await store.query<{ ref: string }>(
    `SELECT DISTINCT "ref" FROM (SELECT "ref" FROM "OutboxMessage"
       WHERE "networkCampaignId" = ${dialect.p(1)} AND "status" = 'delivered' ORDER BY "id" DESC LIMIT ${CODES_OF}) AS taken`,
    campaign.networkCampaignId,
  );
  const waiting = async (code: string, refs: string[] | null): Promise<number> => {
    const [row] = await store.query<{ n: bigint | number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM "OutboxMessage" WHERE "errorCode" = ${dialect.p(1)}
         AND "accountId" = ${dialect.p(2)} AND "status" IN ('failed', 'exhausted', 'parked')
         ${refs ? `AND ${dialect.inList('"ref"', 3)}` : ''} LIMIT ${CAP}) AS seen`,
      code,
      campaign.accountId,
      ...(refs ? [JSON.stringify(refs)] : []),
    );
    return Math.min(Number(row?.n ?? 0), CAP - 1);
  };
  const ownCodes = codes.map((row) => row.ref);
  return {
    postbacks: postbacks.map((row) => ({ status: row.status, count: Number(row.n) })),
    lookedThrough: LOOK_THROUGH,
    ranOut: { budget: await waiting(RAN_OUT.budget, ownCodes), wallet: await waiting(RAN_OUT.wallet, null) },
  };
}
