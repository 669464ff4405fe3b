import type { RowOf } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

/** What is written about a postback that is held back. */
const PARKING = {
  id: 'text',
  owner: 'text',
  number: 'int',
  breakerId: 'text',
  issueId: 'text',
  expectedCents: 'bigint',
  expectedCurrency: 'text',
  updatedAt: 'time',
} as const;
export type ParkingRow = RowOf<typeof PARKING>;

/**
 * Parks postbacks that were claimed and not sent, on an open transaction: the claim is undone, so that no attempt
 * counts. A row moves only while the worker still holds its lease, and while the breaker still holds anything back.
 * Answers the ids that moved.
 */
export async function parkMessages(tx: Conn, rows: readonly ParkingRow[]): Promise<Set<string>> {
  const moved = await tx.query<{ id: string }>(
    `UPDATE "OutboxMessage" SET "status" = 'parked', "breakerId" = r."breakerId", "issueId" = r."issueId",
       "expectedCents" = r."expectedCents", "expectedCurrency" = r."expectedCurrency", "attempts" = r."number" - 1,
       "attemptStartedAt" = CASE WHEN r."number" = 1 THEN NULL ELSE "OutboxMessage"."attemptStartedAt" END,
       "leaseOwner" = NULL, "leaseUntil" = NULL, "acknowledgedAt" = NULL, "settledAt" = NULL, "updatedAt" = r."updatedAt"
     FROM ${tx.dialect.eachRow(PARKING, 1, 'r')}
     WHERE "OutboxMessage"."id" = r."id" AND "OutboxMessage"."leaseOwner" = r."owner" AND "OutboxMessage"."attempts" = r."number"
       AND EXISTS (SELECT 1 FROM "Breaker" b WHERE b."id" = r."breakerId" AND b."state" <> 'closed')
     RETURNING "OutboxMessage"."id"`,
    tx.dialect.encode(PARKING, rows),
  );
  return new Set(moved.map((row) => row.id));
}

/** Those of the messages that this worker still holds. */
export async function stillLeased(tx: Conn, owner: string, ids: readonly string[]): Promise<Set<string>> {
  const { dialect } = tx;
  const rows = await tx.query<{ id: string }>(
    `SELECT "id" FROM "OutboxMessage" WHERE ${dialect.inList('"id"', 1)} AND "status" = 'sending' AND "leaseOwner" = ${dialect.p(2)}`,
    JSON.stringify(ids),
    owner,
  );
  return new Set(rows.map((row) => row.id));
}

/**
 * Lets one parked postback that was never sent go now, on an open transaction. Answers false when it is not parked
 * any more.
 */
export async function letGoUnsent(tx: Conn, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.prisma.outboxMessage.updateMany({
    where: { id, status: 'parked', attempts: 0 },
    data: { status: 'retrying', dueAt: now, releasedAt: now, updatedAt: now },
  });
  return count > 0;
}
