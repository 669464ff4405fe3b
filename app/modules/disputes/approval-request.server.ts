import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { fourEyesOf } from './approval-rule.server.ts';
import { type ApprovalState, needsApproval } from './approval-schema.ts';
import { checkedReason } from './check-reason.server.ts';

/** Said where a dispute is asked for a second time. */
export const WAITS_FOR_APPROVAL =
  "A dispute of this lead waits for another person's approval. Approve or reject it in Approvals.";

/** Dispositions of refunds for which a dispute that was asked for stands, beside what a person would decide. */
export const DECIDABLE = ['needs_review', 'awaiting_lead', 'manual', 'in_grace'];

/** Whether a dispute of this lead by this actor needs another person. What Leadline does by a policy never does. */
export async function mustBeApproved(
  tx: Conn,
  actor: Actor,
  lead: { payoutCents: bigint | null; currency: string | null },
): Promise<boolean> {
  if (actor.type === 'system') return false;
  const payoutCents = numberOrNull(lead.payoutCents);
  return needsApproval(await fourEyesOf(tx), { payoutCents, currency: lead.currency });
}

/**
 * Asks for a dispute instead of opening it, on an open transaction that holds the lead's postback: the lead is marked,
 * so that no second is asked for, and its open refunds say what they wait for. Throws VALIDATION_ERROR for the reason,
 * CONFLICT where the lead changed meanwhile.
 */
export async function requestApproval(
  tx: Conn,
  ctx: Ctx,
  input: {
    lead: {
      id: string;
      payoutCents: bigint | null;
      currency: string | null;
      disputeBy: Date | null;
    };
    refundId: string | null;
    reason: string;
    batchId?: string | null | undefined;
    actor: Actor;
  },
): Promise<{ approvalId: string }> {
  const { lead, refundId, actor, batchId = null } = input;
  const reason = checkedReason(input.reason);
  const now = nowOf(ctx);
  const approvalId = ctx.newId('apr');
  const { count } = await tx.prisma.lead.updateMany({
    where: { id: lead.id, approvalId: null, disputeMessageId: null, holdState: 'pending_release' },
    data: { approvalId, updatedAt: now },
  });
  if (count === 0)
    throw new AppError('CONFLICT', 'This lead changed a moment ago: look at it again before you dispute it.');
  await tx.prisma.disputeApproval.create({
    data: {
      id: approvalId,
      leadId: lead.id,
      refundId,
      reason,
      payoutCents: lead.payoutCents,
      currency: lead.currency,
      dueAt: lead.disputeBy ?? now,
      state: 'pending',
      requestedByType: actor.type,
      requestedById: actor.id,
      requestedByName: actor.name,
      batchId,
      createdAt: now,
    },
  });
  await explainRefunds(
    tx,
    lead.id,
    `${actor.name} asked for the dispute; another person must approve it before it leaves.`,
    now,
  );
  await recordAudit(tx, ctx, {
    actor,
    action: 'dispute_approval_requested',
    subjectType: 'lead',
    subjectId: lead.id,
    detail: { approvalId, refundId, reason, ...(batchId ? { batchId } : {}) },
  });
  return { approvalId };
}

/** Tells the refunds of a lead that wait for a person what became of the dispute that was asked for. */
export async function explainRefunds(tx: Conn, leadId: string, words: string, now: Date): Promise<void> {
  await tx.prisma.refund.updateMany({
    where: { leadId, disposition: { in: ['needs_review', 'in_grace'] } },
    data: { explanation: words, updatedAt: now },
  });
}

/** What an approval came to. `note`: the decider's own words, or what happened. */
export interface ApprovalEnd {
  state: Exclude<ApprovalState, 'pending'>;
  actor: Actor;
  note: string | null;
}

const AUDITED: Record<ApprovalEnd['state'], string> = {
  approved: 'dispute_approved',
  rejected: 'dispute_rejected',
  withdrawn: 'dispute_approval_withdrawn',
  expired: 'dispute_approval_expired',
  overtaken: 'dispute_approval_overtaken',
};

/**
 * Ends a pending approval and takes its mark off the lead, on an open transaction that holds the lead. Answers false
 * where it was not pending any more: of two deciders only one succeeds.
 */
export async function endApproval(
  tx: Conn,
  ctx: Ctx,
  approval: { id: string; leadId: string },
  { state, actor, note }: ApprovalEnd,
): Promise<boolean> {
  const now = nowOf(ctx);
  const { count } = await tx.prisma.disputeApproval.updateMany({
    where: { id: approval.id, state: 'pending' },
    data: { state, decidedById: actor.id, decidedByName: actor.name, note, decidedAt: now },
  });
  if (count === 0) return false;
  await tx.prisma.lead.updateMany({
    where: { id: approval.leadId, approvalId: approval.id },
    data: { approvalId: null, updatedAt: now },
  });
  await recordAudit(tx, ctx, {
    actor,
    action: AUDITED[state],
    subjectType: 'lead',
    subjectId: approval.leadId,
    detail: { approvalId: approval.id, note },
  });
  return true;
}

/** Nothing is left to approve: the lead is disputed otherwise, or its refund does not stand. */
export const overtake = (tx: Conn, ctx: Ctx, approval: { id: string; leadId: string }, note: string) =>
  endApproval(tx, ctx, approval, { state: 'overtaken', actor: SYSTEM, note });

/** The refund it was asked for does not stand: other refunds of the lead wait for a person, not for the approval. */
export async function drop(
  tx: Conn,
  ctx: Ctx,
  approval: { id: string; leadId: string; requestedByName: string },
  note: string,
): Promise<void> {
  await overtake(tx, ctx, approval, note);
  const words = `The dispute that ${approval.requestedByName} asked for was dropped. ${note} Dispute or let it pass.`;
  await explainRefunds(tx, approval.leadId, words, nowOf(ctx));
}
