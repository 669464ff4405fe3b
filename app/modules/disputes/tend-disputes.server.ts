import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { refused } from './apply-dispute.server.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { lockedRefund, lockLead, lockPostback } from './lock-postback.server.ts';
import { decideBy } from './policy-rules.ts';

/** What becomes of refunds and disputes by the clock. */

const BATCH = 500;
/** Where each installation's turn through refunds in grace has come to. Lost at a restart: it begins at the front. */
const turns = new WeakMap<Ctx, string>();

/**
 * Decides about refunds whose grace time is over, or whose deadline has come nearer than the margin meanwhile (a
 * shorter hold, a wider margin, a clock that runs ahead). Bounded; answers how many were moved on.
 */
export async function endGraces(ctx: Ctx, deps: DisputeDeps): Promise<number> {
  const now = nowOf(ctx);
  const { store } = ctx;
  const over = await store.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE "graceUntil" <= ${store.dialect.p(1)} AND COALESCE("disposition", '') = 'in_grace' ORDER BY "graceUntil" LIMIT ${BATCH}`,
    store.dialect.time(now),
  );
  const ids = new Set([...over.map((row) => row.id), ...(await overtaken(ctx, now))]);
  let moved = 0;
  for (const id of ids)
    moved += await store.transaction(async (tx) => {
      const refund = await lockedRefund(tx, id);
      if (refund?.disposition !== 'in_grace') return 0;
      const { disposition } = await evaluateRefund(tx, ctx, deps, refund);
      return disposition === 'in_grace' ? 0 : 1;
    });
  if (moved > 0)
    for (const topic of ['outbox', 'leads', 'refunds', 'postbacks'] as const) ctx.live.publish(topic);
  return moved;
}

/** Refunds in grace whose margin has begun though their grace time has not ended; a bounded number, turn by turn. */
async function overtaken(ctx: Ctx, now: Date): Promise<string[]> {
  const { store } = ctx;
  const rows = await store.query<{
    id: string;
    disputeBy: Date | null;
    marginHours: number | bigint | null;
    skewMs: number | bigint | null;
  }>(
    `SELECT r."id", l."disputeBy", a."disputeMarginHours" AS "marginHours", s."skewMs"
     FROM (SELECT "id", "leadId" FROM "Refund" WHERE "disposition" = 'in_grace' AND "id" > ${store.dialect.p(1)} ORDER BY "id" LIMIT ${BATCH}) r
       LEFT JOIN "Lead" l ON l."id" = r."leadId" AND l."holdState" = 'pending_release'
       LEFT JOIN "NetworkAccount" a ON a."id" = l."accountId" LEFT JOIN "ClockSkew" s ON s."accountId" = l."accountId"
     ORDER BY r."id"`,
    turns.get(ctx) ?? '',
  );
  turns.set(ctx, rows.length < BATCH ? '' : (rows.at(-1)?.id ?? ''));
  return rows.flatMap(({ id, disputeBy, marginHours, skewMs }) => {
    if (disputeBy === null) return [];
    const safety = { marginHours: Number(marginHours ?? 24), skewMs: Number(skewMs ?? 0) };
    return decideBy(new Date(disputeBy), safety) <= now ? [id] : [];
  });
}

const NO_ANSWER =
  'Leadline was interrupted each time it sent it, so no answer is known; the network may have taken it. A further dispute settles it.';

/**
 * Disputes that stopped without an answer being applied: interrupted so often that they were given up. Their leads are
 * free for another try and their refunds go back to a person, or are lost where the hold is over. Answers how many.
 */
export async function freeStoppedDisputes(ctx: Ctx): Promise<number> {
  const { store } = ctx;
  const stopped = await store.query<{ id: string; leadId: string; postbackId: string | null }>(
    `SELECT m."id", l."id" AS "leadId", l."postbackId" FROM "OutboxMessage" m JOIN "Lead" l ON l."id" = m."leadId" AND l."disputeMessageId" = m."id"
     WHERE m."kind" = 'dispute' AND m."status" = 'exhausted' LIMIT ${BATCH}`,
  );
  let freed = 0;
  for (const { id, leadId, postbackId } of stopped)
    freed += await store.transaction(async (tx) => {
      await lockPostback(tx, postbackId);
      await lockLead(tx, leadId);
      const lead = await tx.prisma.lead.findUnique({ where: { id: leadId } });
      const message = await tx.prisma.outboxMessage.findUnique({ where: { id } });
      if (lead?.disputeMessageId !== id || message?.status !== 'exhausted') return 0;
      const errorMessage = message.errorCode === 'INTERRUPTED' ? null : message.errorMessage;
      await refused(tx, ctx, {
        leadId,
        messageId: id,
        status: 'exhausted',
        reading: { errorMessage },
        at: nowOf(ctx),
        ...(errorMessage === null ? { words: NO_ANSWER } : {}),
      });
      return 1;
    });
  if (freed > 0) for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  return freed;
}
