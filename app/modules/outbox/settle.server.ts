import { columnList, type RowOf } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

/** What is written about an attempt: the message's next state. */
const SETTLEMENT = {
  id: 'text',
  owner: 'text',
  number: 'int',
  status: 'text',
  step: 'int',
  dueAt: 'time',
  httpStatus: 'int',
  errorCode: 'text',
  errorMessage: 'text',
  networkCampaignId: 'text',
  payoutCents: 'bigint',
  currency: 'text',
  firstMaySentAt: 'time',
  settledAt: 'time',
  updatedAt: 'time',
} as const;
export type SettlementRow = RowOf<typeof SETTLEMENT>;

/** The evidence: one row an attempt. */
export const ATTEMPT = {
  id: 'text',
  messageId: 'text',
  number: 'int',
  startedAt: 'time',
  durationMs: 'float',
  timings: 'text',
  requestMethod: 'text',
  requestUrl: 'text',
  requestHeaders: 'text',
  requestBody: 'text',
  responseStatus: 'int',
  responseHeaders: 'text',
  responseBody: 'text',
  bodyEncoding: 'text',
  responseBytes: 'int',
  truncated: 'bool',
  outcome: 'text',
  errorCode: 'text',
  errorMessage: 'text',
  errorDetails: 'text',
} as const;
export type AttemptRow = RowOf<typeof ATTEMPT>;

const EVIDENCE = Object.keys(ATTEMPT).filter(
  (name) => !['id', 'messageId', 'number', 'startedAt'].includes(name),
);

/**
 * Writes attempts and moves their messages on, on an open transaction. A message moves only while the worker that
 * made the attempt still holds its lease; the attempt's evidence is written in any case (a late answer replaces
 * the "interrupted" mark that another worker left). Answers the ids that moved.
 */
export async function settleAttempts(
  tx: Conn,
  settlements: readonly SettlementRow[],
  attempts: readonly AttemptRow[],
): Promise<Set<string>> {
  const { dialect } = tx;
  const keep = (column: string) => `"${column}" = COALESCE(r."${column}", "OutboxMessage"."${column}")`;
  const moved = await tx.query<{ id: string }>(
    `UPDATE "OutboxMessage" SET "status" = r."status", "step" = r."step", "dueAt" = COALESCE(r."dueAt", "OutboxMessage"."dueAt"),
       "leaseOwner" = NULL, "leaseUntil" = NULL, "httpStatus" = r."httpStatus", "errorCode" = r."errorCode",
       "errorMessage" = r."errorMessage", ${keep('networkCampaignId')}, ${keep('payoutCents')}, ${keep('currency')},
       "firstMaySentAt" = COALESCE("OutboxMessage"."firstMaySentAt", r."firstMaySentAt"), "settledAt" = r."settledAt",
       "updatedAt" = r."updatedAt"
     FROM ${dialect.eachRow(SETTLEMENT, 1, 'r')}
     WHERE "OutboxMessage"."id" = r."id" AND "OutboxMessage"."leaseOwner" = r."owner" AND "OutboxMessage"."attempts" = r."number"
     RETURNING "OutboxMessage"."id"`,
    dialect.encode(SETTLEMENT, settlements),
  );
  await tx.execute(
    `INSERT INTO "Attempt" (${columnList(ATTEMPT)}) SELECT ${columnList(ATTEMPT, 'r.')} FROM ${dialect.eachRow(ATTEMPT, 1, 'r')} WHERE true
     ON CONFLICT ("messageId", "number") DO UPDATE SET ${EVIDENCE.map((name) => `"${name}" = excluded."${name}"`).join(', ')}
     WHERE "Attempt"."outcome" = 'interrupted'`,
    dialect.encode(ATTEMPT, attempts),
  );
  return new Set(moved.map((row) => row.id));
}
