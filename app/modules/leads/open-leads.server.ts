import { columnList } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { noteUnknownCampaigns, shortestHolds, termsKey, termsOf } from './campaign-terms.server.ts';
import { type AcceptedPostback, LEAD, type LeadRow, leadRow } from './lead-row.ts';

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
