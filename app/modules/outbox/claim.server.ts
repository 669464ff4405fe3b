import type { Conn, Store } from '#app/platform/db/store.server.ts';
import type { LeasedMessage } from './rows.server.ts';

type ClaimedRow = Omit<
  LeasedMessage,
  'number' | 'step' | 'attemptStartedAt' | 'firstMaySentAt' | 'releasedAt' | 'createdAt'
> & {
  attempts: number | bigint;
  step: number | bigint;
  dueAt: Date;
  attemptStartedAt: Date;
  firstMaySentAt: Date | null;
  releasedAt: Date | null;
  createdAt: Date;
};

const RETURNED =
  '"id", "kind", "accountId", "conversionId", "leadId", "refundId", "externalId", "networkCampaignId", "ref", "releasedAt", "payload", "step", "attempts", "leaseOwner", "attemptStartedAt", "firstMaySentAt", "createdAt", "dueAt"';

/**
 * Takes leases on up to `limit` messages that are due, oldest first. On PostgreSQL workers skip each other's rows;
 * on SQLite the statement is atomic by itself. Walks the partial index on what is due, so that the cost does not
 * grow with the backlog: PostgreSQL, whose statistics lag behind a backlog that grows fast, takes it for short and
 * would sort it whole at every claim; hence `enable_sort`.
 */
export async function claimDue(
  store: Store,
  input: { owner: string; now: Date; leaseMs: number; limit: number },
): Promise<LeasedMessage[]> {
  const { dialect } = store;
  const skip = dialect.name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
  const sql = `UPDATE "OutboxMessage" SET "status" = 'sending', "leaseOwner" = ${dialect.p(1)}, "leaseUntil" = ${dialect.p(2)},
       "attempts" = "attempts" + 1, "attemptStartedAt" = ${dialect.p(3)}, "updatedAt" = ${dialect.p(4)}
     WHERE "id" IN (SELECT "id" FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') AND "dueAt" <= ${dialect.p(5)}
                    ORDER BY "dueAt", "id" LIMIT ${dialect.p(6)}${skip})
     RETURNING ${RETURNED}`;
  const now = dialect.time(input.now);
  const args = [input.owner, dialect.time(input.now.getTime() + input.leaseMs), now, now, now, input.limit];
  const rows =
    dialect.name === 'sqlite'
      ? await store.query<ClaimedRow>(sql, ...args)
      : ((
          await store.batch([
            { sql: 'SET LOCAL enable_sort = off', args: [] },
            { sql, args },
          ])
        )[1] as ClaimedRow[]);
  return rows
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
    .map(({ attempts, dueAt: _dueAt, ...row }) => ({
      ...row,
      step: Number(row.step),
      number: Number(attempts),
    }));
}

/** When the next message is due, or null when none is waiting. */
export async function nextDueAt(conn: Conn): Promise<Date | null> {
  const rows = await conn.query<{ dueAt: Date }>(
    `SELECT "dueAt" FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') ORDER BY "dueAt", "id" LIMIT 1`,
  );
  return rows[0]?.dueAt ?? null;
}
