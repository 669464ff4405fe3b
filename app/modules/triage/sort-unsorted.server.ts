import { setImmediate as turn } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { TriageDeps } from './deps.ts';
import { type Failure, recordFailures } from './record-failures.server.ts';
import { byUnread, unreadSql } from './unread-sql.server.ts';

/** Rows in one transaction, and transactions in one call: the clockwork calls again. */
const CHUNK = 500;
const CHUNKS_MAX = 20;

interface Row {
  id: string;
  accountId: string;
  ref: string | null;
  networkCampaignId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  httpStatus: number | bigint | null;
  revenueCents: number | bigint | null;
  currency: string | null;
  settledAt: Date | null;
  updatedAt: Date;
}

/**
 * Gives an issue to postbacks that failed before there were issues (or outside a settlement: interrupted too often),
 * and to successes without their data of before those had one; oldest first, counted in the hours in which they were
 * settled. Walks partial indexes that hold only such rows, so that it costs nothing when there are none. Answers how
 * many were sorted.
 */
export async function sortUnsorted(ctx: Ctx, deps: TriageDeps): Promise<number> {
  let sorted = 0;
  for (const source of sourcesOf(ctx)) {
    for (let i = 0; i < CHUNKS_MAX; i++) {
      const count = await sortChunk(ctx, deps, source);
      sorted += count;
      if (count < CHUNK) break;
      await turn();
    }
  }
  if (sorted > 0) for (const topic of ['issues', 'postbacks'] as const) ctx.live.publish(topic);
  return sorted;
}

/** Where rows without an issue stand. SQLite, which has no statistics here, would walk all postbacks. */
function sourcesOf({ store: { dialect } }: Pick<Ctx, 'store'>): string[] {
  const walk = dialect.name === 'sqlite' ? ' INDEXED BY "OutboxMessage_unsorted_idx"' : '';
  return [
    `"OutboxMessage"${walk} WHERE "issueId" IS NULL AND "kind" = 'postback' AND "status" IN ('failed', 'exhausted')`,
    `"OutboxMessage"${byUnread(dialect)} WHERE "issueId" IS NULL AND "kind" = 'postback' AND ${unreadSql()}`,
  ];
}

function sortChunk(ctx: Ctx, deps: TriageDeps, source: string): Promise<number> {
  const { dialect } = ctx.store;
  // two workers share the rows out instead of counting them twice
  const skip = dialect.name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
  return ctx.store.transaction(async (tx) => {
    const rows = await tx.query<Row>(
      `SELECT "id", "accountId", "ref", "networkCampaignId", "errorCode", "errorMessage", "httpStatus", "revenueCents",
         "currency", "settledAt", "updatedAt" FROM ${source} ORDER BY "id" LIMIT ${CHUNK}${skip}`,
    );
    const failures = rows.map(
      ({ id, httpStatus, revenueCents, settledAt, updatedAt, ...row }): Failure => ({
        ...row,
        messageId: id,
        httpStatus: numberOrNull(httpStatus),
        revenueCents: numberOrNull(revenueCents),
        at: settledAt ?? updatedAt,
      }),
    );
    await recordFailures(tx, ctx, deps, failures);
    return rows.length;
  });
}
