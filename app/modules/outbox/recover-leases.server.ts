import type { Ctx } from '#app/platform/context.server.ts';
import { MAX_INTERRUPTIONS } from './policy.ts';

interface Stale {
  id: string;
  attempts: number | bigint;
  attemptStartedAt: Date;
  leaseOwner: string;
}

/**
 * Takes back messages whose worker died: each gets an attempt row marked as interrupted, since it may have reached
 * the network, and is due again at once with the same externalId. With `all` every lease is taken back: only right
 * where it is certain that no other worker runs (SQLite, after the worker lock is held). What is `held` is in flight
 * here, though the clock jumped or the process was suspended: it is left alone.
 * Answers how many were taken back.
 */
export async function recoverLeases(
  ctx: Ctx,
  options: { all: boolean; held?: ReadonlySet<string> },
): Promise<number> {
  const now = new Date(ctx.clock.now());
  const { dialect } = ctx.store;
  const expired = options.all ? '' : ` AND "leaseUntil" < ${dialect.p(1)}`;
  const stale = await ctx.store.query<Stale>(
    `SELECT "id", "attempts", "attemptStartedAt", "leaseOwner" FROM "OutboxMessage"
     WHERE "kind" IN ('postback', 'dispute') AND "status" = 'sending'${expired} LIMIT 1000`,
    ...(options.all ? [] : [dialect.time(now)]),
  );
  let recovered = 0;
  for (const row of stale) if (!options.held?.has(row.id)) recovered += await takeBack(ctx, row, now);
  if (recovered > 0) {
    ctx.log.warn({ recovered }, 'took back messages whose worker was interrupted');
    ctx.live.publish('outbox');
    ctx.live.publish('postbacks');
  }
  return recovered;
}

async function takeBack(ctx: Ctx, row: Stale, now: Date): Promise<number> {
  const number = Number(row.attempts);
  return ctx.store.transaction(async (tx) => {
    const interruptions = await tx.prisma.attempt.count({
      where: { messageId: row.id, outcome: 'interrupted' },
    });
    const stop = interruptions + 1 >= MAX_INTERRUPTIONS;
    const { count } = await tx.prisma.outboxMessage.updateMany({
      where: { id: row.id, status: 'sending', leaseOwner: row.leaseOwner, attempts: number },
      data: {
        status: stop ? 'exhausted' : 'retrying',
        dueAt: now,
        leaseOwner: null,
        leaseUntil: null,
        errorCode: 'INTERRUPTED',
        errorMessage: INTERRUPTED,
        updatedAt: now,
        ...(stop ? { settledAt: now } : {}),
      },
    });
    if (count === 0) return 0;
    await tx.prisma.outboxMessage.updateMany({
      where: { id: row.id, firstMaySentAt: null },
      data: { firstMaySentAt: row.attemptStartedAt },
    });
    await tx.prisma.attempt.createMany({
      data: [
        {
          id: ctx.newId('att'),
          messageId: row.id,
          number,
          startedAt: row.attemptStartedAt,
          outcome: 'interrupted',
          errorCode: 'INTERRUPTED',
          errorMessage: INTERRUPTED,
        },
      ],
    });
    return 1;
  });
}

const INTERRUPTED = 'Leadline stopped while this attempt was under way; it may have reached the network.';
