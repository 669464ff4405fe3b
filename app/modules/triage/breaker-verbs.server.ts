import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { probeWaitMs } from './breaker-policy.ts';
import { addEvents } from './issue-events.server.ts';

type WriteContext = Pick<Ctx, 'clock' | 'newId'>;

/**
 * Closes a breaker whose last postback was let go, on an open transaction. Answers false when it is not being
 * released (refused again meanwhile), or when something is parked under it after all. Publish `breakers` afterwards.
 */
export async function closeBreaker(tx: Conn, ctx: WriteContext, breakerId: string): Promise<boolean> {
  const now = nowOf(ctx);
  const { dialect } = tx;
  const closed = await tx.execute(
    `UPDATE "Breaker" SET "state" = 'closed', "closedAt" = ${dialect.p(1)}, "updatedAt" = ${dialect.p(2)}, "probeMessageId" = NULL, "nextProbeAt" = NULL
     WHERE "id" = ${dialect.p(3)} AND "state" = 'releasing'
       AND NOT EXISTS (SELECT 1 FROM "OutboxMessage" m WHERE m."breakerId" = "Breaker"."id" AND m."status" = 'parked')`,
    dialect.time(now),
    dialect.time(now),
    breakerId,
  );
  if (closed === 0) return false;
  const { issueId, accountId, scopeKey, reason, openedAt } = await tx.prisma.breaker.findUniqueOrThrow({
    where: { id: breakerId },
  });
  await addEvents(tx, ctx, [
    { issueId, kind: 'breaker_closed', body: 'Nothing is held back any more: postbacks leave as they come.' },
  ]);
  await recordAudit(tx, ctx, {
    actor: SYSTEM,
    action: 'breaker_closed',
    subjectType: 'breaker',
    subjectId: breakerId,
    detail: { accountId, scopeKey, reason, openedAt: openedAt.toISOString() },
  });
  return true;
}

/**
 * Holds back again what was being released (its job was canceled or stopped), on an open transaction. Answers false
 * when it was not being released. Publish `breakers` afterwards.
 */
export async function reopenBreaker(tx: Conn, ctx: WriteContext, breakerId: string): Promise<boolean> {
  const now = nowOf(ctx);
  const breaker = await tx.prisma.breaker.findUnique({
    where: { id: breakerId },
    select: { probes: true, provenBy: true, issueId: true },
  });
  if (!breaker) return false;
  const { count } = await tx.prisma.breaker.updateMany({
    where: { id: breakerId, state: 'releasing' },
    data: {
      state: 'open',
      trippedAt: now,
      updatedAt: now,
      nextProbeAt:
        breaker.provenBy === 'by_hand' ? null : new Date(now.getTime() + probeWaitMs(breaker.probes)),
    },
  });
  if (count === 0) return false;
  await addEvents(tx, ctx, [
    {
      issueId: breaker.issueId,
      kind: 'breaker_opened',
      body: 'The release ended early: what still waits is held back again.',
    },
  ]);
  return true;
}
