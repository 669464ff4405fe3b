import type { Conn } from '#app/platform/db/store.server.ts';
import type { LeasedMessage } from './rows.server.ts';

type ClaimedRow = Omit<LeasedMessage, 'number' | 'step' | 'attemptStartedAt' | 'firstMaySentAt' | 'createdAt'> & {
  attempts: number | bigint;
  step: number | bigint;
  dueAt: Date;
  attemptStartedAt: Date;
  firstMaySentAt: Date | null;
  createdAt: Date;
};

const RETURNED =
  '"id", "kind", "accountId", "conversionId", "leadId", "refundId", "externalId", "payload", "step", "attempts", "leaseOwner", "attemptStartedAt", "firstMaySentAt", "createdAt", "dueAt"';

/**
 * Takes leases on up to `limit` messages that are due, oldest first. On PostgreSQL workers skip each other's rows;
 * on SQLite the statement is atomic by itself. Uses the partial index on what is due.
 */
export async function claimDue(
  conn: Conn,
  input: { owner: string; now: Date; leaseMs: number; limit: number },
): Promise<LeasedMessage[]> {
  const { dialect } = conn;
  const skip = dialect.name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
  const rows = await conn.query<ClaimedRow>(
    `UPDATE "OutboxMessage" SET "status" = 'sending', "leaseOwner" = ${dialect.p(1)}, "leaseUntil" = ${dialect.p(2)},
       "attempts" = "attempts" + 1, "attemptStartedAt" = ${dialect.p(3)}, "updatedAt" = ${dialect.p(4)}
     WHERE "id" IN (SELECT "id" FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') AND "dueAt" <= ${dialect.p(5)}
                    ORDER BY "dueAt", "id" LIMIT ${dialect.p(6)}${skip})
     RETURNING ${RETURNED}`,
    input.owner,
    dialect.time(input.now.getTime() + input.leaseMs),
    dialect.time(input.now),
    dialect.time(input.now),
    dialect.time(input.now),
    input.limit,
  );
  return rows
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
    .map(({ attempts, dueAt: _dueAt, ...row }) => ({ ...row, step: Number(row.step), number: Number(attempts) }));
}

/** When the next message is due, or null when none is waiting. */
export async function nextDueAt(conn: Conn): Promise<Date | null> {
  const rows = await conn.query<{ dueAt: Date }>(
    `SELECT "dueAt" FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') ORDER BY "dueAt", "id" LIMIT 1`,
  );
  return rows[0]?.dueAt ?? null;
}
