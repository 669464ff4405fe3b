import type { Connector, NetworkLead, PostbackInput } from '#app/connectors/types.ts';
import { columnList, type RowOf } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { assumedDays, flagsOf, holdOf } from './policy.ts';

/** A postback that the network accepted or had already. */
export interface AcceptedPostback {
  postbackId: string;
  accountId: string;
  conversionId: string;
  connector: Connector;
  input: PostbackInput;
  lead: NetworkLead;
  outcome: 'accepted' | 'duplicate';
  attemptStartedAt: Date;
  /** Start of the first attempt that could have created the lead, this one included; null before any. */
  firstMaySentAt: Date | null;
  /** True where an earlier attempt than this one may have created it. */
  earlierMaySent: boolean;
  conversionCreatedAt: Date;
}

const LEAD = {
  id: 'text',
  accountId: 'text',
  networkLeadId: 'text',
  conversionId: 'text',
  postbackId: 'text',
  networkCampaignId: 'text',
  affiliateId: 'text',
  externalId: 'text',
  trackingCode: 'text',
  payoutCents: 'bigint',
  currency: 'text',
  expectedCents: 'bigint',
  flags: 'text',
  status: 'text',
  holdState: 'text',
  holdingPeriodDays: 'int',
  holdAssumed: 'bool',
  heldSince: 'time',
  disputeBy: 'time',
  releasedAt: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
type LeadRow = RowOf<typeof LEAD>;

interface CampaignTerms {
  accountId: string;
  networkCampaignId: string;
  holdingPeriodDays: number | bigint | null;
  compensationModel: string | null;
  payoutPercentage: number | null;
  payoutPerUnitCents: number | bigint | null;
}

export interface OpenedLead {
  id: string;
  conversionId: string;
  networkLeadId: string;
}

/**
 * Opens leads from 201 answers and completes them from 200 duplicates, on the transaction that settles the
 * postbacks. The holding days of the moment are frozen on the lead (RG-33); where the campaign is not known yet its
 * days are assumed to be the connector's default until it has been fetched. Answers the leads, new and known.
 */
export async function openLeads(
  tx: Conn,
  newId: (prefix: string) => string,
  now: Date,
  accepted: readonly AcceptedPostback[],
): Promise<OpenedLead[]> {
  if (accepted.length === 0) return [];
  let terms = await termsOf(tx, accepted);
  await noteUnknownCampaigns(tx, newId, now, accepted, terms);
  // days may become known this moment: held, the campaign is either read anew here or finds these leads (freezeKnownHold)
  const assumed = accepted.some(
    (item) => terms.get(termsKey(item.accountId, item.lead.networkCampaignId))?.holdingPeriodDays == null,
  );
  if (assumed && tx.dialect.name === 'postgres')
    terms = await termsOf(tx, accepted, ' ORDER BY "id" FOR SHARE');
  const shortest = assumed ? await shortestHolds(tx, accepted) : new Map<string, number>();
  const rows = dedupe(
    accepted.map((item) =>
      leadRow(item, {
        terms: terms.get(termsKey(item.accountId, item.lead.networkCampaignId)),
        shortestDays: shortest.get(item.accountId) ?? null,
        newId,
        now,
      }),
    ),
  );
  const fill = (column: string) => `"${column}" = COALESCE("Lead"."${column}", excluded."${column}")`;
  return tx.query<OpenedLead>(
    `INSERT INTO "Lead" (${columnList(LEAD)}) SELECT ${columnList(LEAD, 'r.')} FROM ${tx.dialect.eachRow(LEAD, 1, 'r')} WHERE true
     ON CONFLICT ("accountId", "networkLeadId") DO UPDATE SET ${['networkCampaignId', 'affiliateId', 'trackingCode', 'payoutCents', 'currency', 'expectedCents', 'status'].map(fill).join(', ')}, "updatedAt" = excluded."updatedAt"
     RETURNING "id", "conversionId", "networkLeadId"`,
    tx.dialect.encode(LEAD, rows),
  );
}

const termsKey = (accountId: string, networkCampaignId: string | null): string =>
  `${accountId} ${networkCampaignId ?? ''}`;

async function termsOf(
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
async function shortestHolds(tx: Conn, accepted: readonly AcceptedPostback[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ accountId: string; days: number | bigint }>(
    `SELECT "accountId", min("holdingPeriodDays") AS "days" FROM "Campaign"
     WHERE ${tx.dialect.inList('"accountId"', 1)} AND "holdingPeriodDays" > 0 GROUP BY "accountId"`,
    JSON.stringify([...new Set(accepted.map((item) => item.accountId))]),
  );
  return new Map(rows.map(({ accountId, days }) => [accountId, Number(days)]));
}

/** A campaign first seen in an answer is kept and fetched soon, so that its holding days become known. */
async function noteUnknownCampaigns(
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

/** Worst case for the start of the hold (RG-33): see DESIGN, "Worst-case deadline". */
export function heldSinceOf(
  item: Pick<
    AcceptedPostback,
    'outcome' | 'attemptStartedAt' | 'firstMaySentAt' | 'earlierMaySent' | 'conversionCreatedAt' | 'input'
  >,
): Date {
  if (item.outcome === 'accepted' || item.earlierMaySent) return item.firstMaySentAt ?? item.attemptStartedAt;
  // the network had it though no attempt of ours can have told it: no earlier than the conversion itself
  const occurredAt = new Date(item.input.occurredAt);
  return occurredAt < item.conversionCreatedAt ? occurredAt : item.conversionCreatedAt;
}

function leadRow(
  item: AcceptedPostback,
  {
    terms,
    shortestDays,
    newId,
    now,
  }: {
    terms: CampaignTerms | undefined;
    shortestDays: number | null;
    newId: (prefix: string) => string;
    now: Date;
  },
): LeadRow {
  const { lead, connector, input } = item;
  const known = terms?.holdingPeriodDays ?? null;
  const holdingPeriodDays =
    known === null ? assumedDays(connector.defaultHoldingPeriodDays, shortestDays) : Number(known);
  const heldSince = heldSinceOf(item);
  const expectedCents = terms
    ? connector.expectedPayoutCents(input.revenueCents, {
        compensationModel: terms.compensationModel,
        payoutPercentage: terms.payoutPercentage,
        payoutPerUnitCents: terms.payoutPerUnitCents === null ? null : Number(terms.payoutPerUnitCents),
      })
    : null;
  const flags = flagsOf({ ref: input.ref, expectedCents }, lead);
  return {
    id: newId('led'),
    accountId: item.accountId,
    networkLeadId: lead.networkLeadId,
    conversionId: item.conversionId,
    postbackId: item.postbackId,
    networkCampaignId: lead.networkCampaignId,
    affiliateId: lead.affiliateId,
    externalId: input.externalId,
    trackingCode: lead.trackingCode,
    payoutCents: lead.payoutCents,
    currency: lead.currency,
    expectedCents,
    flags: flags.length > 0 ? JSON.stringify(flags) : null,
    status: lead.status,
    holdingPeriodDays,
    holdAssumed: known === null,
    heldSince,
    ...holdOf(heldSince, holdingPeriodDays, now),
    createdAt: now,
    updatedAt: now,
  };
}

/** One statement must not touch a row twice: of several answers for one lead, the first counts. */
function dedupe(rows: LeadRow[]): LeadRow[] {
  const seen = new Map<string, LeadRow>();
  for (const row of rows) {
    const key = `${row.accountId} ${row.networkLeadId}`;
    if (!seen.has(key)) seen.set(key, row);
  }
  // in one order, so that two settlements cannot wait for each other
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
