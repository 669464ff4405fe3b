import type { Conn } from '#app/platform/db/store.server.ts';
import type { AcceptedPostback } from './lead-row.ts';

/** What a campaign pays and how long it holds a lead. */
export interface CampaignTerms {
  accountId: string;
  networkCampaignId: string;
  holdingPeriodDays: number | bigint | null;
  compensationModel: string | null;
  payoutPercentage: number | null;
  payoutPerUnitCents: number | bigint | null;
}

/** Names a campaign among those of several accounts. */
export const termsKey = (accountId: string, networkCampaignId: string | null): string =>
  `${accountId} ${networkCampaignId ?? ''}`;

/** What is known of the campaigns that the answers name; `lock` goes behind the statement. */
export async function termsOf(
  tx: Conn,
  accepted: readonly AcceptedPostback[],
  lock = '',
): Promise<Map<string, CampaignTerms>> {
  const ids = [...new Set(accepted.map((item) => item.lead.networkCampaignId).filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<CampaignTerms>(
    `SELECT "accountId", "networkCampaignId", "holdingPeriodDays", "compensationModel", "payoutPercentage", "payoutPerUnitCents"
     FROM "Campaign" WHERE ${tx.dialect.inList('"networkCampaignId"', 1)}${lock}`,
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [termsKey(row.accountId, row.networkCampaignId), row]));
}

/**
 * The shortest holding period known of each account's campaigns, in days. Zero days are left out: they would say that
 * nothing can be disputed, which is worse than a deadline that is too early.
 */
export async function shortestHolds(
  tx: Conn,
  accepted: readonly AcceptedPostback[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ accountId: string; days: number | bigint }>(
    `SELECT "accountId", min("holdingPeriodDays") AS "days" FROM "Campaign"
     WHERE ${tx.dialect.inList('"accountId"', 1)} AND "holdingPeriodDays" > 0 GROUP BY "accountId"`,
    JSON.stringify([...new Set(accepted.map((item) => item.accountId))]),
  );
  return new Map(rows.map(({ accountId, days }) => [accountId, Number(days)]));
}

/** A campaign first seen in an answer is kept and fetched soon, so that its holding days become known. */
export async function noteUnknownCampaigns(
  tx: Conn,
  newId: (prefix: string) => string,
  now: Date,
  accepted: readonly AcceptedPostback[],
  terms: Map<string, CampaignTerms>,
): Promise<void> {
  const unknown = new Map<string, { accountId: string; networkCampaignId: string }>();
  for (const { accountId, lead } of accepted) {
    const key = termsKey(accountId, lead.networkCampaignId);
    if (lead.networkCampaignId !== null && !terms.has(key))
      unknown.set(key, { accountId, networkCampaignId: lead.networkCampaignId });
  }
  const { dialect } = tx;
  // in one order, so that two settlements cannot wait for each other
  for (const [, { accountId, networkCampaignId }] of [...unknown].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await tx.execute(
      `INSERT INTO "Campaign" ("id", "accountId", "networkCampaignId", "syncDueAt", "createdAt", "updatedAt")
       VALUES (${[1, 2, 3, 4, 5, 6].map((n) => dialect.p(n)).join(', ')}) ON CONFLICT ("accountId", "networkCampaignId") DO NOTHING`,
      newId('cmp'),
      accountId,
      networkCampaignId,
      dialect.time(now),
      dialect.time(now),
      dialect.time(now),
    );
  }
}
