import { recordAudit } from '#app/modules/audit/index.server.ts';
import { letGoUnsent } from '#app/modules/outbox/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { probeWaitMs } from './breaker-policy.ts';

/** Parked postbacks, oldest first, among which one that was never sent is looked for. */
const LOOKED = 5_000;
/** With nothing to try with, the next look, in ms. */
const NOTHING_TO_TRY_MS = 30_000;

/** The oldest postback that a breaker holds back and that was never sent, or null. */
async function oldestUnsent(conn: Conn, breakerId: string): Promise<string | null> {
  const { dialect } = conn;
  const rows = await conn.query<{ id: string }>(
    `SELECT "id" FROM (SELECT "id", "attempts" FROM "OutboxMessage" WHERE "breakerId" = ${dialect.p(1)} AND "status" = 'parked'
       ORDER BY "id" LIMIT ${LOOKED}) t WHERE "attempts" = 0 ORDER BY "id" LIMIT 1`,
    breakerId,
  );
  return rows[0]?.id ?? null;
}

/**
 * Lets one postback try whether a breaker's cause is gone: its first attempt, for a refused one is never retried by
 * itself (RG-25 to RG-28). Exactly one is under way for a breaker: it takes the breaker's one place in the same
 * transaction. Answers its id, or why there is none.
 */
export async function startProbe(
  ctx: Ctx,
  breakerId: string,
): Promise<{ messageId: string } | { none: 'under_way' | 'nothing_unsent' }> {
  const started = await ctx.store.transaction(async (tx) => {
    const now = nowOf(ctx);
    const messageId = await oldestUnsent(tx, breakerId);
    const breaker = await tx.prisma.breaker.findUnique({
      where: { id: breakerId },
      select: { probes: true },
    });
    if (!breaker) throw new AppError('NOT_FOUND', `There is no breaker with the id ${breakerId}.`);
    const free = { id: breakerId, state: 'open', probeMessageId: null };
    if (messageId === null) {
      const nextProbeAt = new Date(now.getTime() + NOTHING_TO_TRY_MS);
      await tx.prisma.breaker.updateMany({
        where: { ...free, provenBy: { not: 'by_hand' } },
        data: { nextProbeAt },
      });
      return { none: 'nothing_unsent' as const };
    }
    const { count } = await tx.prisma.breaker.updateMany({
      where: free,
      data: {
        probeMessageId: messageId,
        probes: { increment: 1 },
        nextProbeAt: new Date(now.getTime() + probeWaitMs(breaker.probes + 1)),
      },
    });
    if (count === 0) return { none: 'under_way' as const };
    // somebody retried it by hand since it was looked for: the next look finds another
    if (!(await letGoUnsent(tx, messageId, now)))
      throw new AppError('CONFLICT', 'The postback that was to try has just moved: try again.');
    return { messageId };
  });
  if ('messageId' in started)
    for (const topic of ['breakers', 'outbox', 'postbacks', 'issues'] as const) ctx.live.publish(topic);
  return started;
}

/**
 * Tries one now, at somebody's wish. Throws NOT_FOUND, and CONFLICT with what to do instead: for a pause, while one
 * is under way, while it is being released, and where every postback that waits was sent before.
 */
export async function probeNow(
  ctx: Ctx,
  input: { breakerId: string; actor: Actor },
): Promise<{ messageId: string }> {
  const breaker = await ctx.store.prisma.breaker.findUnique({ where: { id: input.breakerId } });
  if (!breaker) throw new AppError('NOT_FOUND', `There is no breaker with the id ${input.breakerId}.`);
  if (breaker.state !== 'open')
    throw new AppError(
      'CONFLICT',
      breaker.state === 'closed'
        ? 'Nothing is held back any more: there is nothing to try.'
        : 'What was held back is going out already.',
    );
  if (breaker.provenBy === 'by_hand')
    throw new AppError(
      'CONFLICT',
      'This was paused by hand: nothing needs to be tried. Resume it to let what waits go.',
    );
  const started = await startProbe(ctx, breaker.id);
  if ('none' in started)
    throw new AppError(
      'CONFLICT',
      started.none === 'under_way'
        ? 'One is under way right now: wait for its answer.'
        : 'No postback waits here that was never sent. Retry one of those that failed: its answer decides as well.',
    );
  await recordAudit(ctx.store, ctx, {
    actor: input.actor,
    action: 'breaker_probed',
    subjectType: 'breaker',
    subjectId: breaker.id,
    detail: { messageId: started.messageId },
  });
  return started;
}

/**
 * Marks a bulk job's first row as the probe of its issue's open breakers, on the transaction that lets it go (the
 * caller sets `releasedAt`). Answers false where another probe is under way: it decides, and the job waits for it.
 */
export async function noteProbe(tx: Conn, input: { issueId: string; messageId: string }): Promise<boolean> {
  const { issueId, messageId } = input;
  const open = { issueId, state: 'open' };
  const other = await tx.prisma.breaker.count({
    where: { ...open, AND: [{ probeMessageId: { not: null } }, { probeMessageId: { not: messageId } }] },
  });
  if (other > 0) return false;
  await tx.prisma.breaker.updateMany({
    where: { ...open, probeMessageId: null },
    data: { probeMessageId: messageId, probes: { increment: 1 } },
  });
  return true;
}
