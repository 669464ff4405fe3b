import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { Conn, Store } from '#app/platform/db/store.server.ts';
import { addEvents } from './issue-events.server.ts';
import { byUnread, unreadSql } from './unread-sql.server.ts';

/** A cause under which nothing has been held up for so long is over. */
const QUIET_MS = 5 * 60_000;
/** Issues that change in one call. */
const MAX = 500;

/** Since when each issue was seen to hold up nothing, by store: begun anew after a restart, which only takes longer. */
const quietSince = new WeakMap<Store, Map<string, number>>();

/** Job states in which a job is at work. */
const UNDER_WAY = `('collecting', 'probing', 'running')`;
/** What is not at its end: held up, or on its way again. */
const PENDING = `('failed', 'exhausted', 'parked', 'queued', 'sending', 'retrying')`;

/**
 * By the clock: ignored causes whose time is past open again; open and acknowledged ones that have held up nothing for
 * five minutes (no row failed, parked, without its data or on its way again, no job at work, nothing held back) resolve
 * by themselves.
 * Answers how many changed.
 */
export async function settleIssues(ctx: Ctx): Promise<{ opened: number; resolved: number }> {
  const opened = await openAgain(ctx);
  const resolved = await resolveQuiet(ctx);
  if (opened + resolved > 0) ctx.live.publish('issues');
  return { opened, resolved };
}

async function openAgain(ctx: Ctx): Promise<number> {
  const now = nowOf(ctx);
  const { dialect } = ctx.store;
  // looked at first without a transaction: there is hardly ever one
  const due = await ctx.store.prisma.issue.findFirst({
    where: { state: 'ignored', ignoredUntil: { lte: now } },
    select: { id: true },
  });
  if (!due) return 0;
  return ctx.store.transaction(async (tx) => {
    const rows = await tx.query<{ id: string }>(
      `UPDATE "Issue" SET "state" = 'open', "ignoredUntil" = NULL, "ignoreAbove" = NULL, "updatedAt" = ${dialect.p(1)}
       WHERE "state" = 'ignored' AND "ignoredUntil" <= ${dialect.p(2)} RETURNING "id"`,
      dialect.time(now),
      dialect.time(now),
    );
    await tell(tx, ctx, rows, 'reopened', 'The time for which it was ignored is over.');
    return rows.length;
  });
}

async function resolveQuiet(ctx: Ctx): Promise<number> {
  const now = nowOf(ctx).getTime();
  const { dialect } = ctx.store;
  const quiet = await ctx.store.query<{ id: string }>(
    `SELECT "id" FROM "Issue" WHERE ${quietCondition(dialect, dialect.p(1))}`,
    dialect.time(now - QUIET_MS),
  );
  const known = quietSince.get(ctx.store) ?? new Map<string, number>();
  const since = new Map(quiet.map(({ id }) => [id, known.get(id) ?? now]));
  quietSince.set(ctx.store, since);
  const over = [...since].filter(([, at]) => now - at >= QUIET_MS).slice(0, MAX);
  if (over.length === 0) return 0;
  return ctx.store.transaction(async (tx) => {
    // asked again: what fails meanwhile moves "lastSeenAt", which a writer that waited for the row looks at anew
    const rows = await tx.query<{ id: string }>(
      `UPDATE "Issue" SET "state" = 'resolved', "resolvedAt" = ${dialect.p(1)}, "updatedAt" = ${dialect.p(2)}
       WHERE ${dialect.inList('"id"', 3)} AND ${quietCondition(dialect, dialect.p(4))} RETURNING "id"`,
      dialect.time(now),
      dialect.time(now),
      JSON.stringify(over.map(([id]) => id)),
      dialect.time(now - QUIET_MS),
    );
    await tell(tx, ctx, rows, 'resolved', 'Nothing has been held up under it for 5 minutes.');
    return rows.length;
  });
}

/** Open or acknowledged, not seen since `before`, and nothing is held up or moving under it. */
const quietCondition = (dialect: Dialect, before: string): string =>
  `"state" IN ('open', 'acknowledged') AND "lastSeenAt" <= ${before}
   AND NOT EXISTS (SELECT 1 FROM "OutboxMessage" m WHERE m."issueId" = "Issue"."id" AND m."status" IN ${PENDING})
   AND NOT EXISTS (SELECT 1 FROM "OutboxMessage" m${byUnread(dialect)} WHERE m."issueId" = "Issue"."id" AND ${unreadSql('m.')})
   AND NOT EXISTS (SELECT 1 FROM "BulkJob" j WHERE j."issueId" = "Issue"."id" AND j."state" IN ${UNDER_WAY})
   AND NOT EXISTS (SELECT 1 FROM "Breaker" b WHERE b."issueId" = "Issue"."id" AND b."state" <> 'closed')`;

function tell(
  tx: Conn,
  ctx: Ctx,
  rows: readonly { id: string }[],
  kind: 'reopened' | 'resolved',
  body: string,
): Promise<void> {
  return addEvents(
    tx,
    ctx,
    rows.map(({ id: issueId }) => ({ issueId, kind, body })),
  );
}
