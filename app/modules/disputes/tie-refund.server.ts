import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { byHand } from './approval-ask.server.ts';
import { type DisputeDeps, type EvaluateOptions, evaluateRefund } from './evaluate-refund.server.ts';
import { lockConversion } from './lock-postback.server.ts';
import { type Match, matchRefund } from './match-refund.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';
import { keepLinks } from './payment-links.server.ts';
import { isFull } from './policy.ts';
import { copyRefund, type RefundRow, withCopies } from './refund-copies.server.ts';
import { type KeyKind, LINKABLE, type PaymentKey } from './schema.ts';

async function keysOf(tx: Conn, refund: RefundRow): Promise<PaymentKey[]> {
  const rows = await tx.prisma.refundKey.findMany({ where: { refundId: refund.copyOf ?? refund.id } });
  return rows.map(({ kind, key }) => ({ kind: kind as KeyKind, key }));
}

/** Looks for the conversion by every id the refund came with. */
export async function searchAgain(
  tx: Conn,
  refund: RefundRow,
): Promise<{ match: Match | null; keys: PaymentKey[] }> {
  const { externalId, paymentId, accountId, full } = refund;
  const keys = await keysOf(tx, refund);
  const amountCents = numberOrNull(refund.amountCents);
  const whole = isFull({ kind: refund.kind as 'refund', amountCents, full }, null) === true;
  return { match: await matchRefund(tx, { externalId, paymentId, keys, accountId, whole }), keys };
}

export interface Tie {
  id: string;
  match: Match;
  keys: readonly PaymentKey[];
  /** It is tied only while it has one of these dispositions. */
  from: string[];
  options?: EvaluateOptions;
}

/** Ties a refund to its order and decides about it, on an open transaction; null where somebody else was faster. */
export async function tieRefund(tx: Conn, ctx: Ctx, deps: DisputeDeps, tie: Tie) {
  const { id, match, keys, from, options } = tie;
  await lockConversion(tx, match.conversionId);
  const { count } = await tx.prisma.refund.updateMany({
    where: { id, disposition: { in: from } },
    data: {
      conversionId: match.conversionId,
      leadId: null,
      decidedBy: null,
      matchedBy: match.by,
      matchDoubt: match.doubt,
      ...(match.by === 'hand' ? byHand(options?.actor) : {}),
      updatedAt: nowOf(ctx),
    },
  });
  if (count === 0) return null;
  if (match.doubt === null) await keepLinks(tx, [match.conversionId, ...match.others], keys);
  const refund = await tx.prisma.refund.findUniqueOrThrow({ where: { id } });
  const decision = await evaluateRefund(tx, ctx, deps, refund, options);
  const taken = (await withCopies(tx, refund)).map((row) => row.conversionId);
  for (const other of match.others.filter((id) => !taken.includes(id)))
    await evaluateRefund(tx, ctx, deps, await copyRefund(tx, ctx, refund, other), options);
  return decision;
}

export interface LinkRefund {
  refundId: string;
  /** The order's externalId or one of its payment ids… */
  order?: string | undefined;
  /** …or the lead itself, where the order has several or the ids are of no use. */
  leadId?: string | undefined;
  actor: Actor;
}

/**
 * Ties a refund to an order or a lead by hand, and does what the policy says; a dispute leaves after the ten seconds
 * of undo. One that was matched may be moved while nothing was done about it. Throws NOT_FOUND when there is no such
 * refund, order or lead, CONFLICT when it is too late for that.
 */
export async function linkRefund(
  ctx: Ctx,
  deps: DisputeDeps,
  input: LinkRefund,
): Promise<{ disposition: string }> {
  const disposition = await ctx.store.transaction(async (tx) => {
    const refund = await tx.prisma.refund.findUnique({ where: { id: input.refundId } });
    if (!refund) throw new AppError('NOT_FOUND', `There is no refund with the id ${input.refundId}.`);
    if (!LINKABLE.includes(refund.disposition))
      throw new AppError('CONFLICT', `This refund already has its order: ${refund.explanation}`);
    const target = await targetOf(tx, input);
    const keys = await keysOf(tx, refund);
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'refund_linked',
      subjectType: 'refund',
      subjectId: refund.id,
      detail: {
        order: input.order ?? null,
        leadId: input.leadId ?? null,
        conversionId: target.conversionId,
        before: refund.conversionId,
      },
    });
    const decision = await tieRefund(tx, ctx, deps, {
      id: refund.id,
      match: { ...target, by: 'hand', doubt: null },
      keys,
      from: [refund.disposition],
      options: { actor: input.actor, delayMs: UNDO_MS },
    });
    if (!decision)
      throw new AppError('CONFLICT', 'This refund found its order a moment ago: look at it again.');
    return decision.disposition;
  });
  announceRefunds(ctx);
  return { disposition };
}

async function targetOf(
  tx: Conn,
  { order, leadId }: LinkRefund,
): Promise<{ conversionId: string; others: string[] }> {
  if (leadId !== undefined) {
    const lead = await tx.prisma.lead.findUnique({ where: { id: leadId }, select: { conversionId: true } });
    if (!lead) throw new AppError('NOT_FOUND', `There is no lead with the id ${leadId}.`);
    return { conversionId: lead.conversionId, others: [] };
  }
  const match = order ? await matchRefund(tx, { externalId: order, paymentId: order }) : null;
  if (!match)
    throw new AppError(
      'NOT_FOUND',
      `No order carries the id "${order ?? ''}", neither as externalId nor as a payment id. Ids are case-sensitive.`,
    );
  if (match.doubt !== null)
    throw new AppError(
      'CONFLICT',
      `The id "${order ?? ''}" leads to several orders. Choose the lead. ${match.doubt}`,
    );
  return { conversionId: match.conversionId, others: match.others };
}

/** Tells the pages that refunds moved. After the commit. */
export function announceRefunds(ctx: Ctx): void {
  for (const topic of ['outbox', 'leads', 'refunds', 'postbacks'] as const) ctx.live.publish(topic);
}
