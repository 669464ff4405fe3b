import { cancelUnsent } from '#app/modules/outbox/index.server.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { askForApproval, reasonFor } from './approval-ask.server.ts';
import { lockPostback } from './lock-postback.server.ts';
import { openDisputeIn } from './open-dispute.server.ts';
import { type Decision, decideRefund } from './policy.ts';
import { lossCause, recordLoss } from './record-loss.server.ts';
import { copyToLateReports } from './refund-copies.server.ts';
import {
  type ConversionRow,
  cents,
  type LeadRow,
  leadOf,
  type MessageRow,
  type RefundRow,
  refundedTotal,
  rulingOf,
} from './refund-facts.server.ts';
import { doubtAbout } from './refund-words.ts';
import { type Disposition, plainRefundId } from './schema.ts';

/** Asks whether an account's network takes disputes by API; given by the composition root. */
export interface DisputeDeps {
  /** Runs inside transactions: it may only read through the connection it is given. */
  canDispute(conn: Conn, accountId: string): Promise<boolean>;
}

export interface EvaluateOptions {
  /** A person has already chosen to dispute. */
  decided?: boolean;
  delayMs?: number;
  actor?: Actor;
  /** Instead of the one that is written from the refund. */
  reason?: string | undefined;
  /** The batch that it is part of. */
  batchId?: string | undefined;
}

/** `approvalId`: a person chose to dispute, and another must approve it; the refund waits as before. */
export type Evaluated = Decision & { approvalId?: string };

/** Dispositions that still wait for something: what becomes of the order's lead settles them too. */
const OPEN = ['needs_review', 'manual', 'awaiting_lead', 'in_grace'];

/**
 * Decides what happens to a refund whose conversion is known, and does it, on an open transaction: dispute the
 * lead, cancel the unsent postback, wait for an ambiguous one, record the loss, or ask a person (RG-41). Other
 * refunds of the order that wait for the same thing follow.
 */
export async function evaluateRefund(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  refund: RefundRow,
  options: EvaluateOptions = {},
): Promise<Evaluated> {
  const conversion = refund.conversionId
    ? await tx.prisma.conversion.findUnique({ where: { id: refund.conversionId } })
    : null;
  if (!conversion) throw new AppError('NOT_FOUND', `The refund ${refund.refundId} has no conversion.`);
  await lockPostback(tx, conversion.postbackId);
  const postback = conversion.postbackId
    ? await tx.prisma.outboxMessage.findUnique({ where: { id: conversion.postbackId } })
    : null;
  const lead = await leadOf(tx, conversion, postback);
  const now = nowOf(ctx);
  const knownInTime = lead?.disputeBy != null && refund.createdAt < lead.disputeBy;
  const overdue = lead?.holdState === 'pending_release' && lead.disputeBy !== null && lead.disputeBy <= now;
  const refunded = await refundedTotal(tx, refund, conversion.currency);
  const order = { revenueCents: cents(conversion.revenueCents), currency: conversion.currency };
  const facts = { kind: refund.kind as 'refund', amountCents: refunded, full: refund.full };
  const { ruling, graceUntil } = await rulingOf(tx, { refund, facts, conversion, postback, lead, now });
  const decision = decideRefund({
    refund: facts,
    ruling,
    graceUntil,
    revenueCents: order.revenueCents,
    matchDoubt: refund.matchDoubt,
    ask: refund.ask ?? doubtAbout(refund, refunded, order),
    postback: postback && {
      status: postback.status as MessageStatus,
      maySent: postback.firstMaySentAt !== null || postback.status === 'sending',
    },
    lead: lead && {
      holdState: overdue ? 'released' : lead.holdState,
      disputing: lead.disputeMessageId !== null,
      knownInTime,
    },
    canDispute: await deps.canDispute(tx, conversion.accountId),
    decided: options.decided ?? false,
  });
  if (decision.action === 'dispute' && lead && options.decided) {
    const asked = await askForApproval(tx, ctx, { refund, conversion, lead, options });
    if (asked)
      return { ...decision, ...asked, action: 'none', disposition: refund.disposition as Disposition };
  }
  const grace = decision.disposition === 'in_grace' ? graceUntil : null;
  await carryOut(tx, ctx, { refund, conversion, postback, lead, knownInTime, decision, grace, now, options });
  return decision;
}

interface Decided {
  refund: RefundRow;
  conversion: ConversionRow;
  postback: MessageRow | null;
  lead: LeadRow | null;
  knownInTime: boolean;
  decision: Decision;
  grace: Date | null;
  now: Date;
  options: EvaluateOptions;
}

async function carryOut(
  tx: Conn,
  ctx: Ctx,
  { refund, conversion, postback, lead, knownInTime, decision, grace, now, options }: Decided,
): Promise<void> {
  const { action, disposition, explanation } = decision;
  let disputeMessageId = lead?.disputeMessageId ?? null;
  if (action === 'cancel_postback' && postback) {
    await cancelUnsent(tx, {
      id: postback.id,
      now,
      reason: `Refunded before sending (${plainRefundId(refund)})`,
    });
  }
  if (action === 'record_loss' && lead) {
    await recordLoss(tx, ctx, {
      lead,
      refundId: refund.id,
      cause: lossCause(lead, knownInTime),
      explanation,
    });
  }
  if (action === 'dispute' && lead) {
    const opened = await openDisputeIn(tx, ctx, {
      leadId: lead.id,
      reason: options.reason ?? reasonFor(refund, conversion, lead),
      batchId: options.batchId,
      refundId: refund.id,
      delayMs: options.delayMs ?? 0,
      actor: options.actor ?? SYSTEM,
      now,
    });
    disputeMessageId = opened.messageId;
  }
  const data = { disposition, leadId: lead?.id ?? null, disputeMessageId, graceUntil: null, updatedAt: now };
  await tx.prisma.refund.update({
    where: { id: refund.id },
    data: { ...data, explanation, graceUntil: grace },
  });
  if (action === 'dispute' || action === 'cancel_postback') {
    const words =
      action === 'dispute' ? 'The lead is being disputed' : 'The postback was canceled before it was sent';
    await tx.prisma.refund.updateMany({
      where: {
        conversionId: conversion.id,
        disposition: { in: OPEN },
        // it may be of another order: a person still chooses
        matchDoubt: null,
        NOT: { id: refund.id },
      },
      data: {
        ...data,
        explanation: `${words} because of another refund of this order (${plainRefundId(refund)}).`,
      },
    });
  }
}

/**
 * Looks again at refunds that wait for the leads of these conversions: to be disputed, or, where a person decides,
 * to be tied to the lead so that its deadline is theirs. On the transaction that settles the postbacks.
 */
export async function reconsiderWaiting(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  conversionIds: readonly string[],
): Promise<number> {
  if (conversionIds.length === 0) return 0;
  const waiting = await tx.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE ${tx.dialect.inList('"conversionId"', 1)}
       AND ("disposition" = 'awaiting_lead' OR ("disposition" IN ('needs_review', 'in_grace') AND "leadId" IS NULL)) ORDER BY "id"`,
    JSON.stringify(conversionIds),
  );
  for (const { id } of waiting) {
    const refund = await tx.prisma.refund.findUnique({ where: { id } });
    // an earlier one of the order may have settled it
    if (refund && OPEN.includes(refund.disposition)) await evaluateRefund(tx, ctx, deps, refund);
  }
  const copies = await copyToLateReports(tx, ctx, conversionIds);
  for (const copy of copies) await evaluateRefund(tx, ctx, deps, copy);
  return waiting.length + copies.length;
}
