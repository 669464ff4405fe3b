import { RECORD_TYPES } from '#app/modules/capture/schema.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Known, KnownLead } from './judge.ts';

/** The lead of each conversion; the first where the network opened several. */
export async function leadsOf(conn: Conn, conversionIds: readonly string[]): Promise<Map<string, KnownLead>> {
  if (conversionIds.length === 0) return new Map();
  const rows = await conn.query<{
    conversionId: string;
    id: string;
    networkLeadId: string;
    holdState: string;
    payoutCents: bigint | number | null;
    currency: string | null;
  }>(
    `SELECT "conversionId", "id", "networkLeadId", "holdState", "payoutCents", "currency" FROM "Lead"
     WHERE ${conn.dialect.inList('"conversionId"', 1)} ORDER BY "id" DESC`,
    JSON.stringify(conversionIds),
  );
  return new Map(
    rows.map(({ conversionId, payoutCents, ...lead }) => [
      conversionId,
      { ...lead, payout: numberOrNull(payoutCents) },
    ]),
  );
}

type RefundFact = Omit<Known['refunds'][number], 'amount'> & {
  conversionId: string;
  amountCents: bigint | number | null;
};

/** Refunds of each conversion that were not taken back themselves, newest first. */
export async function refundsOf(
  conn: Conn,
  conversionIds: readonly string[],
): Promise<Map<string, Known['refunds']>> {
  if (conversionIds.length === 0) return new Map();
  const rows = await conn.query<RefundFact>(
    `SELECT "conversionId", "id", "refundId", "disposition", "explanation", "kind", "amountCents", "currency" FROM "Refund"
     WHERE ${conn.dialect.inList('"conversionId"', 1)} AND "reversal" IS NULL ORDER BY "id" DESC`,
    JSON.stringify(conversionIds),
  );
  const refunds = new Map<string, Known['refunds']>();
  for (const { conversionId, amountCents, ...refund } of rows) {
    const amount = numberOrNull(amountCents);
    refunds.set(conversionId, [...(refunds.get(conversionId) ?? []), { ...refund, amount }]);
  }
  return refunds;
}

/** Tracking codes that are kept for these ids, though nothing was reported for them. */
export async function recordsOf(
  conn: Conn,
  keys: readonly string[],
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0 || accountIds.length === 0) return new Map();
  const { dialect } = conn;
  const rows = await conn.query<{ recordId: string; ref: string }>(
    `SELECT "recordId", "ref" FROM "TrackedRecord" WHERE ${dialect.inList('"accountId"', 1)}
     AND ${dialect.inList('"type"', 2)} AND ${dialect.inList('"recordId"', 3)}`,
    JSON.stringify(accountIds),
    JSON.stringify(RECORD_TYPES),
    JSON.stringify(keys),
  );
  return new Map(rows.map(({ recordId, ref }) => [recordId, ref]));
}

/** An order that was paid and the row of its refund may have the same id: each of the two stands once. */
export const statusKey = (status: string, key: string): string => `${status} ${key}`;

/** The first line, by statusKey, of these ids in earlier rows of the file that tell of an order or payment themselves. */
export async function earlierKeys(
  conn: Conn,
  runId: number,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { dialect } = conn;
  const rows = await conn.query<{ key: string; status: string; line: number | bigint }>(
    `SELECT "key", "status", min("line") AS "line" FROM "ReconciliationRow" WHERE "runId" = ${dialect.p(1)}
     AND ${dialect.inList('"key"', 2)} AND "refundLine" = ${dialect.name === 'sqlite' ? 0 : 'false'}
     AND "reason" NOT IN ('unreadable', 'not_paid') GROUP BY "key", "status"`,
    runId,
    JSON.stringify(keys),
  );
  return new Map(rows.map(({ key, status, line }) => [statusKey(status, key), Number(line)]));
}
