import { cancelUnsent } from '#app/modules/outbox/index.server.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { openDisputeIn } from './open-dispute.server.ts';
import { type Decision, decideRefund, disputeReason } from './policy.ts';
import { recordLoss } from './record-loss.server.ts';

/** Asks whether an account's network takes disputes by API; given by the composition root. */
export interface DisputeDeps {
  canDispute(accountId: string): Promise<boolean>;
}

type RefundRow = NonNullable<Awaited<ReturnType<Conn['prisma']['refund']['findUnique']>>>;

const cents = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** What has been given back of an order so far: several partial refunds can make a full one. */
async function refundedTotal(tx: Conn, refund: RefundRow): Promise<number | null> {
  if (refund.amountCents === null || refund.kind !== 'refund') return cents(refund.amountCents);
  const all = await tx.prisma.refund.findMany({ where: { conversionId: refund.conversionId, kind: 'refund' }, select: { amountCents: true } });
  return all.reduce((sum, row) => sum + Number(row.amountCents ?? 0), 0);
}

/**
 * Decides what happens to a refund whose conversion is known, and does it, on an open transaction: dispute the
 * lead, cancel the unsent postback, wait for an ambiguous one, record the loss, or ask a person (RG-41).
 *
 * The postback's row is locked first. A settlement of the same postback locks it too, so whichever comes second
 * sees what the first has done: a refund and its lead cannot miss each other.
 */
export async function evaluateRefund(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  refund: RefundRow,
  options: { decided?: boolean; delayMs?: number; actor?: Actor } = {},
): Promise<Decision> {
  const conversion = refund.conversionId ? await tx.prisma.conversion.findUnique({ where: { id: refund.conversionId } }) : null;
  if (!conversion) throw new AppError('NOT_FOUND', `The refund ${refund.refundId} has no conversion.`);
  if (conversion.postbackId) {
    await tx.execute(`UPDATE "OutboxMessage" SET "updatedAt" = "updatedAt" WHERE "id" = ${tx.dialect.p(1)}`, conversion.postbackId);
  }
  const postback = conversion.postbackId ? await tx.prisma.outboxMessage.findUnique({ where: { id: conversion.postbackId } }) : null;
  const lead = await tx.prisma.lead.findFirst({ where: { conversionId: conversion.id } });
  const now = nowOf(ctx);
  const facts = { kind: refund.kind as 'refund', amountCents: await refundedTotal(tx, refund), full: refund.full };
  const overdue = lead?.holdState === 'pending_release' && lead.disputeBy !== null && lead.disputeBy <= now;
  const decision = decideRefund({
    refund: facts,
    revenueCents: cents(conversion.revenueCents),
    postback: postback && { status: postback.status as MessageStatus, maySent: postback.firstMaySentAt !== null || postback.status === 'sending' },
    lead: lead && { holdState: overdue ? 'released' : lead.holdState, disputing: lead.disputeMessageId !== null },
    canDispute: await deps.canDispute(conversion.accountId),
    decided: options.decided ?? false,
  });

  let disputeMessageId = lead?.disputeMessageId ?? null;
  if (decision.action === 'cancel_postback' && postback) {
    await cancelUnsent(tx, { id: postback.id, now, reason: `Refunded before sending (${refund.refundId})` });
  }
  if (decision.action === 'record_loss' && lead) {
    const cause = lead.holdState === 'none' ? 'zero_day_hold' : 'released_before_refund';
    await recordLoss(tx, ctx, { lead, refundId: refund.id, cause, explanation: decision.explanation });
  }
  if (decision.action === 'dispute' && lead) {
    const reason = disputeReason({ ...refund, amountCents: cents(refund.amountCents) }, conversion.externalId, conversion.currency ?? lead.currency);
    const opened = await openDisputeIn(tx, ctx, {
      leadId: lead.id,
      reason,
      refundId: refund.id,
      delayMs: options.delayMs ?? 0,
      actor: options.actor ?? SYSTEM,
    });
    disputeMessageId = opened.messageId;
  }
  await tx.prisma.refund.update({
    where: { id: refund.id },
    data: { disposition: decision.disposition, explanation: decision.explanation, leadId: lead?.id ?? null, disputeMessageId, updatedAt: now },
  });
  return decision;
}

/** Looks again at refunds that wait for the leads of these conversions. On the transaction that settles them. */
export async function reconsiderWaiting(tx: Conn, ctx: Ctx, deps: DisputeDeps, conversionIds: readonly string[]): Promise<number> {
  if (conversionIds.length === 0) return 0;
  const waiting = await tx.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE "disposition" = 'awaiting_lead' AND ${tx.dialect.inList('"conversionId"', 1)} ORDER BY "id"`,
    JSON.stringify(conversionIds),
  );
  for (const { id } of waiting) {
    const refund = await tx.prisma.refund.findUnique({ where: { id } });
    if (refund) await evaluateRefund(tx, ctx, deps, refund);
  }
  return waiting.length;
}
