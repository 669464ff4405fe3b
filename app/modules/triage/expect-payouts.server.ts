import type { Connector } from '#app/connectors/types.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { TriageDeps } from './deps.ts';

/** A postback whose payout is asked for. `networkCampaignId` is null where no answer and no caller named it. */
export interface UnpricedPostback {
  messageId: string;
  accountId: string;
  ref: string | null;
  networkCampaignId: string | null;
  revenueCents: number | null;
  currency: string | null;
}

/** The campaign, given or inferred, and the payout in minor units. What is not known is null, never 0. */
export interface ExpectedPayout {
  networkCampaignId: string | null;
  expectedCents: number | null;
  expectedCurrency: string | null;
}

/** Conversions of a tracking code, newest and oldest, that are looked at for one whose campaign is known. */
const TRIES = 10;
/** Tracking codes that are looked up in one statement; of a larger batch the rest stays unknown. */
const REFS_MAX = 500;

const CODE = { accountId: 'text', ref: 'text' } as const;
const CAMPAIGN = { accountId: 'text', networkCampaignId: 'text' } as const;
const keyOf = (accountId: string, name: string): string => `${accountId} ${name}`;

/**
 * What each postback would have paid had the network taken it (RG-22): by the terms of its campaign, which is known
 * or told by another conversion of the same tracking code, since a code belongs to one campaign (RG-14). A campaign's
 * test code pays nobody (RG-19): 0. Three statements for a batch, whatever its size.
 */
export async function expectPayouts(
  conn: Conn,
  deps: TriageDeps,
  rows: readonly UnpricedPostback[],
): Promise<Map<string, ExpectedPayout>> {
  const inferred = await campaignsOfCodes(conn, rows);
  const placed = rows.map((row) => ({
    row,
    campaignId:
      row.networkCampaignId ??
      (row.ref === null ? null : (inferred.get(keyOf(row.accountId, row.ref)) ?? null)),
  }));
  const terms = await termsOf(
    conn,
    placed.flatMap(({ row, campaignId }) =>
      campaignId === null ? [] : [{ accountId: row.accountId, campaignId }],
    ),
  );
  const connectors = new Map<string, Connector>();
  const out = new Map<string, ExpectedPayout>();
  for (const { row, campaignId } of placed) {
    const campaign = campaignId === null ? undefined : terms.get(keyOf(row.accountId, campaignId));
    const connector = connectors.get(row.accountId) ?? (await deps.connectorIn(conn, row.accountId));
    connectors.set(row.accountId, connector);
    out.set(row.messageId, { networkCampaignId: campaignId, ...payoutOf(row, campaign, connector) });
  }
  return out;
}

interface Terms {
  compensationModel: string | null;
  payoutPercentage: number | null;
  payoutPerUnitCents: number | null;
  currency: string | null;
  testTrackingCode: string | null;
}

function payoutOf(
  row: UnpricedPostback,
  campaign: Terms | undefined,
  connector: Connector,
): Omit<ExpectedPayout, 'networkCampaignId'> {
  const unknown = { expectedCents: null, expectedCurrency: null };
  const currency = campaign?.currency ?? row.currency;
  if (!campaign || currency === null) return unknown;
  const isTest = row.ref !== null && row.ref === campaign.testTrackingCode;
  const cents = isTest ? 0 : connector.expectedPayoutCents(row.revenueCents, campaign);
  return cents === null ? unknown : { expectedCents: cents, expectedCurrency: currency };
}

/** Campaign ids of tracking codes, by "account code": from conversions the network answered, or as a test code. */
async function campaignsOfCodes(conn: Conn, rows: readonly UnpricedPostback[]): Promise<Map<string, string>> {
  const wanted = new Map<string, { accountId: string; ref: string }>();
  for (const { accountId, ref, networkCampaignId } of rows) {
    if (networkCampaignId === null && ref !== null && wanted.size < REFS_MAX)
      wanted.set(keyOf(accountId, ref), { accountId, ref });
  }
  if (wanted.size === 0) return new Map();
  const { dialect } = conn;
  // the account is only checked: SQLite, which has no statistics here, would else walk the account's index
  const own = dialect.name === 'sqlite' ? '+' : '';
  // the newest know it best; where all of those fail, the first ones of the code were answered
  const told = (direction: 'ASC' | 'DESC'): string =>
    `(SELECT x."networkCampaignId" FROM
       (SELECT c."postbackId" FROM "Conversion" c WHERE c."ref" = r."ref" AND ${own}c."accountId" = r."accountId" ORDER BY c."id" ${direction} LIMIT ${TRIES}) n
       JOIN "OutboxMessage" x ON x."id" = n."postbackId" WHERE x."networkCampaignId" IS NOT NULL LIMIT 1)`;
  const found = await conn.query<{ accountId: string; ref: string; campaign: string | null }>(
    `SELECT r."accountId", r."ref", COALESCE(
       ${told('DESC')},
       ${told('ASC')},
       (SELECT t."networkCampaignId" FROM "Campaign" t WHERE t."testTrackingCode" = r."ref" AND t."accountId" = r."accountId" LIMIT 1)
     ) AS "campaign" FROM ${dialect.rows(CODE, 1, 'r')}`,
    dialect.encode(CODE, [...wanted.values()]),
  );
  return new Map(
    found.flatMap(({ accountId, ref, campaign }): [string, string][] =>
      campaign === null ? [] : [[keyOf(accountId, ref), campaign]],
    ),
  );
}

async function termsOf(
  conn: Conn,
  campaigns: readonly { accountId: string; campaignId: string }[],
): Promise<Map<string, Terms>> {
  const wanted = new Map(
    campaigns.map(({ accountId, campaignId }) => [
      keyOf(accountId, campaignId),
      { accountId, networkCampaignId: campaignId },
    ]),
  );
  if (wanted.size === 0) return new Map();
  const { dialect } = conn;
  const found = await conn.query<
    { accountId: string; networkCampaignId: string } & Omit<Terms, 'payoutPerUnitCents'> & {
        payoutPerUnitCents: number | bigint | null;
      }
  >(
    `SELECT c."accountId", c."networkCampaignId", c."compensationModel", c."payoutPercentage", c."payoutPerUnitCents",
       c."currency", c."testTrackingCode"
     FROM ${dialect.rows(CAMPAIGN, 1, 'r')}
     JOIN "Campaign" c ON c."accountId" = r."accountId" AND c."networkCampaignId" = r."networkCampaignId"`,
    dialect.encode(CAMPAIGN, [...wanted.values()]),
  );
  return new Map(
    found.map(({ accountId, networkCampaignId, payoutPerUnitCents, ...terms }) => [
      keyOf(accountId, networkCampaignId),
      { ...terms, payoutPerUnitCents: numberOrNull(payoutPerUnitCents) },
    ]),
  );
}
