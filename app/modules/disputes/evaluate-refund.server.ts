import { cancelUnsent } from '#app/modules/outbox/index.server.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import {
  askForApproval,
  askForDecider,
  askForReporter,
  deciderOf,
  reasonFor,
} from './approval-ask.server.ts';
import { lockPostback } from './lock-postback.server.ts';
import { openDisputeIn } from './open-dispute.server.ts';
import { type Decision, decideRefund } from './policy.ts';
import { lossCause, recordLoss } from './record-loss.server.ts';
import {
  type ConversionRow,
  conversionOf,
  type LeadRow,
  leadOf,
  type MessageRow,
  postbackOf,
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

/**
 * With the refund's lead and the dispute that it follows. `approvalId`: a person chose to dispute, or vouches alone for
 * the refund; another must approve, and it waits.
 */
export type Evaluated = Decision & { leadId: string | null; messageId: string | null; approvalId?: string };

/** Dispositions that still wait for something: what becomes of the order's lead settles them too. */
export const OPEN = ['needs_review', 'manual', 'awaiting_lead', 'in_grace'];

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
  const conversion = refund.conversionId ? await conversionOf(tx, refund.conversionId) : null;
  if (!conversion) throw new AppError('NOT_FOUND', `The refund ${refund.refundId} has no conversion.`);
  await lockPostback(tx, conversion.postbackId);
  const postback = conversion.postbackId ? await postbackOf(tx, conversion.postbackId) : null;
  const lead = await leadOf(tx, conversion, postback);
  const now = nowOf(ctx);
  const knownInTime = lead?.disputeBy != null && refund.createdAt < lead.disputeBy;
  const overdue = lead?.holdState === 'pending_release' && lead.disputeBy !== null && lead.disputeBy <= now;
  // what a person has decided needs no rule, and no word on how much was refunded
  const chose = options.decided ? null : deciderOf(refund);
  const decided = options.decided === true || chose !== null;
  const refunded = decided
    ? numberOrNull(refund.amountCents)
    : await refundedTotal(tx, refund, conversion.currency);
  const order = { revenueCents: numberOrNull(conversion.revenueCents), currency: conversion.currency };
  const facts = { kind: refund.kind as 'refund', amountCents: refunded, full: refund.full };
  const ruled = decided ? null : await rulingOf(tx, { refund, facts, conversion, postback, lead, now });
  const decision = decideRefund({
    refund: facts,
    ...ruled,
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
    decided,
  });
  if (decision.action === 'dispute' && lead) {
    const asked = options.decided
      ? await askForApproval(tx, ctx, { refund, conversion, lead, options })
      : chose
        ? await askForDecider(tx, ctx, { refund, conversion, lead, actor: chose })
        : await askForReporter(tx, ctx, { refund, conversion, lead });
    const disposition = options.decided ? (refund.disposition as Disposition) : 'needs_review';
    if (asked)
      return { ...decision, ...asked, action: 'none', disposition, leadId: lead.id, messageId: null };
  }
  const grace = decision.disposition === 'in_grace' ? (ruled?.graceUntil ?? null) : null;
  const messageId = await carryOut(tx, ctx, {
    refund,
    conversion,
    postback,
    lead,
    knownInTime,
    decision,
    grace,
    now,
    options: chose ? { ...options, actor: chose } : options,
    decided,
  });
  return { ...decision, leadId: lead?.id ?? null, messageId };
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
  /** A person chose to dispute it, now or before there was a lead. */
  decided: boolean;
}

/** Answers the dispute that the refund follows now. */
async function carryOut(
  tx: Conn,
  ctx: Ctx,
  { refund, conversion, postback, lead, knownInTime, decision, grace, now, options, decided }: Decided,
): Promise<string | null> {
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
      lead,
      reason: options.reason ?? reasonFor(refund, conversion, lead),
      batchId: options.batchId,
      refundId: refund.id,
      delayMs: options.delayMs ?? 0,
      actor: options.actor ?? SYSTEM,
      now,
    });
    disputeMessageId = opened.messageId;
  }
  const data = {
    disposition,
    leadId: lead?.id ?? null,
    disputeMessageId,
    graceUntil: null,
    decidedBy: null,
    updatedAt: now,
  };
  const by = decided && disposition === 'awaiting_lead' ? (options.actor ?? SYSTEM) : null;
  await tx.prisma.refund.updateMany({
    where: { id: refund.id },
    data: {
      ...data,
      explanation: by ? `${by.name} chose to dispute it. ${explanation}` : explanation,
      graceUntil: grace,
      decidedBy: by && JSON.stringify(by),
    },
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
  return disputeMessageId;
}
