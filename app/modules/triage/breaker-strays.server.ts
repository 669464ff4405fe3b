import { type Ctx, nowOf } from '#app/platform/context.server.ts';

/**
 * Parked postbacks whose breaker is closed: parked in the moment in which it closed, by a worker that had not heard.
 * Nothing parked is ever dropped: the breaker is released once more or, where a newer one of the same kind holds back
 * now, they are put under that. Walks the partial index on what is parked from breaker to breaker, not row by row.
 * Answers how many breakers had strays.
 */
export async function sweepStrays(ctx: Ctx): Promise<number> {
  let found = 0;
  let after = '';
  for (;;) {
    const { dialect } = ctx.store;
    const [next] = await ctx.store.query<{ breakerId: string; state: string | null }>(
      `SELECT m."breakerId", (SELECT b."state" FROM "Breaker" b WHERE b."id" = m."breakerId") AS "state" FROM "OutboxMessage" m
       WHERE m."status" = 'parked' AND m."breakerId" > ${dialect.p(1)} ORDER BY m."breakerId", m."id" LIMIT 1`,
      after,
    );
    if (!next) break;
    after = next.breakerId;
    if (next.state !== 'closed') continue;
    await takeUp(ctx, next.breakerId);
    found++;
  }
  if (found > 0) {
    ctx.log.warn({ breakers: found }, 'postbacks were parked as their breaker closed; they are released now');
    for (const topic of ['breakers', 'issues', 'postbacks'] as const) ctx.live.publish(topic);
  }
  return found;
}

async function takeUp(ctx: Ctx, breakerId: string): Promise<void> {
  await ctx.store.transaction(async (tx) => {
    const { accountId, scopeKey, reason } = await tx.prisma.breaker.findUniqueOrThrow({
      where: { id: breakerId },
      select: { accountId: true, scopeKey: true, reason: true },
    });
    const newer = await tx.prisma.breaker.findFirst({
      where: { accountId, scopeKey, reason, state: { not: 'closed' } },
      select: { id: true, issueId: true },
    });
    const now = nowOf(ctx);
    if (newer)
      await tx.prisma.outboxMessage.updateMany({
        where: { breakerId, status: 'parked' },
        data: { breakerId: newer.id, issueId: newer.issueId, updatedAt: now },
      });
    else
      await tx.prisma.breaker.updateMany({
        where: { id: breakerId, state: 'closed' },
        data: { state: 'releasing', closedAt: null, updatedAt: now },
      });
  });
}
