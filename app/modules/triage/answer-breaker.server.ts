import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { learnCodes } from './breaker-codes.server.ts';
import { nextProbeWaitMs, proves } from './breaker-policy.ts';
import type { OpenBreaker } from './breaker-rows.server.ts';
import { startReleasing } from './breaker-write.server.ts';
import type { HoldbackOf } from './gather-trips.server.ts';
import { isUnread } from './unread-schema.ts';

/** What answers say of a breaker that is open: its cause is gone, or its probe is over. Answers whether it changed. */
export async function answerBreaker(
  tx: Conn,
  ctx: Ctx,
  breaker: OpenBreaker,
  attempts: readonly FinishedAttempt[],
  holdbackOf: HoldbackOf,
): Promise<boolean> {
  const learned = await learnCodes(tx, ctx, breaker.id, newCodes(breaker, attempts));
  if (breaker.state !== 'open') return learned;
  const proof = attempts.find(
    (attempt) =>
      attempt.message.attemptStartedAt >= breaker.trippedAt &&
      proves(breaker.provenBy, {
        outcome: attempt.postback?.reading.outcome ?? 'rejected',
        httpStatus: attempt.settlement.httpStatus,
        errorCode: attempt.settlement.errorCode,
        holdback: holdbackOf(attempt),
      }),
  );
  if (proof && (await startReleasing(tx, ctx, { id: breaker.id, startedAt: proof.message.attemptStartedAt })))
    return true;
  return (await endProbe(tx, ctx, breaker, attempts, holdbackOf)) || learned;
}

/** A probe that settled and proved nothing makes room for the next: at once, or by the timetable. */
async function endProbe(
  tx: Conn,
  ctx: Ctx,
  breaker: OpenBreaker,
  attempts: readonly FinishedAttempt[],
  holdbackOf: HoldbackOf,
): Promise<boolean> {
  let ended = false;
  for (const attempt of attempts) {
    const { message, settlement, finishedAt } = attempt;
    if (!message.releasedAt || settlement.dueAt) continue;
    const refusedAgain = holdbackOf(attempt)?.reason === breaker.reason;
    // one at a time into what may be a proxy: those would count as sent
    const later = refusedAgain || settlement.status === 'exhausted' || isUnread(settlement);
    const waitMs = nextProbeWaitMs(breaker.probes, later);
    const { count } = await tx.prisma.breaker.updateMany({
      where: { id: breaker.id, state: 'open', probeMessageId: message.id },
      data: {
        probeMessageId: null,
        nextProbeAt: breaker.provenBy === 'by_hand' ? null : new Date(finishedAt.getTime() + waitMs),
        updatedAt: nowOf(ctx),
      },
    });
    ended ||= count > 0;
  }
  return ended;
}

/** Codes that an answer which names the campaign shows to lead into it. */
function newCodes(breaker: OpenBreaker, attempts: readonly FinishedAttempt[]): string[] {
  const { networkCampaignId, codes, testCode } = breaker;
  if (networkCampaignId === null) return [];
  return attempts.flatMap(({ message: { ref }, settlement }) =>
    settlement.networkCampaignId === networkCampaignId && ref !== null && ref !== testCode && !codes.has(ref)
      ? [ref]
      : [],
  );
}
