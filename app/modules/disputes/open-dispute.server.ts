import { recordAudit } from '#app/modules/audit/index.server.ts';
import { disputeRefusal } from '#app/modules/leads/index.server.ts';
import { insertMessages } from '#app/modules/outbox/index.server.ts';
import type { DisputePayload } from '#app/modules/outbox/payloads.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import {
  DECIDABLE,
  mustBeApproved,
  overtake,
  requestApproval,
  WAITS_FOR_APPROVAL,
} from './approval-request.server.ts';
import { checkedReason } from './check-reason.server.ts';
import { safetyOf } from './deadline-safety.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { lockPostback } from './lock-postback.server.ts';
import type { LeadRow } from './refund-facts.server.ts';

/** Time in which a dispute sent from the console can be taken back. */
export const UNDO_MS = 10_000;

export interface OpenDispute {
  leadId: string;
  /** 1–2000 characters, sent word for word (RG-36). */
  reason: string;
  refundId: string | null;
  /** How long it waits before it leaves; cut short where the deadline is nearer. */
  delayMs: number;
  actor: Actor;
  /** The batch that it is part of. */
  batchId?: string | undefined;
}

/** What became of a dispute that was asked for: on its way, or waiting for another person (`approvalId`). */
export type Opened =
  | { messageId: string; leavesAt: Date; approvalId: null }
  | { messageId: null; leavesAt: null; approvalId: string };

/**
 * Queues a dispute in the outbox, on an open transaction. Throws NOT_FOUND, VALIDATION_ERROR for the reason, or
 * CONFLICT with why the lead cannot be disputed. Two callers cannot both succeed: the lead is claimed by a
 * conditional update. Where the same dispute waits for approval, that is overtaken. `lead`: as it was read on this
 * transaction.
 */
export async function openDisputeIn(
  tx: Conn,
  ctx: Ctx,
  input: OpenDispute & { now: Date; lead?: LeadRow | undefined },
): Promise<{ messageId: string; leavesAt: Date; approvalId: null }> {
  const reason = checkedReason(input.reason);
  const { now } = input;
  const lead = input.lead ?? (await tx.prisma.lead.findUnique({ where: { id: input.leadId } }));
  if (!lead) throw new AppError('NOT_FOUND', `There is no lead with the id ${input.leadId}.`);
  const refusal = disputeRefusal({ ...lead, approvalId: null }, now);
  if (refusal) throw new AppError('CONFLICT', refusal);
  const messageId = ctx.newId('msg');
  const { count } = await tx.prisma.lead.updateMany({
    where: {
      id: lead.id,
      disputeMessageId: null,
      approvalId: lead.approvalId,
      holdState: 'pending_release',
    },
    data: { disputeMessageId: messageId, disputeReason: reason, updatedAt: now },
  });
  if (count === 0)
    throw new AppError(
      'CONFLICT',
      'This lead changed a moment ago: it was disputed or released. Look at it again.',
    );
  if (lead.approvalId !== null) {
    const words = `${input.actor.name} disputed the lead without it: what a refund policy decides is approved beforehand.`;
    await overtake(tx, ctx, { id: lead.approvalId, leadId: lead.id }, words);
  }
  const leavesAt = input.delayMs > 0 ? await leavingAt(tx, lead, now, input.delayMs) : now;
  const payload: DisputePayload = { networkLeadId: lead.networkLeadId, reason };
  await insertMessages(tx, [
    {
      id: messageId,
      kind: 'dispute',
      accountId: lead.accountId,
      conversionId: lead.conversionId,
      leadId: lead.id,
      refundId: input.refundId,
      networkCampaignId: lead.networkCampaignId,
      externalId: lead.externalId,
      ref: lead.trackingCode,
      eventType: null,
      revenueCents: null,
      payoutCents: numberOrNull(lead.payoutCents),
      currency: lead.currency,
      payload: JSON.stringify(payload),
      status: 'queued',
      dueAt: leavesAt,
      attempts: 0,
      leaseOwner: null,
      leaseUntil: null,
      attemptStartedAt: null,
      createdAt: now,
      updatedAt: now,
    },
  ]);
  const { batchId } = input;
  await recordAudit(tx, ctx, {
    actor: input.actor,
    action: 'lead_disputed',
    subjectType: 'lead',
    subjectId: lead.id,
    detail: { reason, refundId: input.refundId, messageId, ...(batchId ? { batchId } : {}) },
  });
  return { messageId, leavesAt, approvalId: null };
}

/** When a dispute leaves that may be taken back: sooner where its deadline is nearer. */
async function leavingAt(tx: Conn, lead: LeadRow, now: Date, delayMs: number): Promise<Date> {
  // a network whose clock is ahead ends the hold that much earlier
  const { skewMs } = await safetyOf(tx, lead.accountId);
  const spare = (lead.disputeBy?.getTime() ?? 0) - now.getTime() - UNDO_MS - Math.max(0, skewMs);
  return new Date(now.getTime() + Math.max(0, Math.min(delayMs, spare)));
}

/**
 * A refund of the lead that waits for a decision: it follows the dispute. One that may be of another order does not: a
 * person still chooses.
 */
const openOf = (leadId: string) => ({ leadId, disposition: { in: DECIDABLE }, matchDoubt: null });

/** Queues the dispute of a lead that is held by its postback's lock; its open refunds follow. On an open transaction. */
export async function sendDispute(
  tx: Conn,
  ctx: Ctx,
  input: OpenDispute & { words: string; lead?: LeadRow },
): Promise<{ messageId: string; leavesAt: Date; approvalId: null }> {
  const now = nowOf(ctx);
  const result = await openDisputeIn(tx, ctx, { ...input, now });
  await tx.prisma.refund.updateMany({
    where: {
      OR: [
        openOf(input.leadId),
        // the one that it was chosen for, whatever is doubtful about it
        { id: input.refundId ?? '', leadId: input.leadId, disposition: { in: DECIDABLE } },
      ],
    },
    data: {
      disposition: 'disputing',
      explanation: input.words,
      disputeMessageId: result.messageId,
      graceUntil: null,
      updatedAt: now,
    },
  });
  return result;
}

/**
 * A person's dispute of a lead, on an open transaction: queued, or asked for where four eyes are wanted. Throws what
 * `openDispute` throws.
 */
export async function disputeLeadIn(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  input: Omit<OpenDispute, 'refundId'> & { refundId?: string | null },
): Promise<Opened> {
  const { leadId, actor } = input;
  const seen = await tx.prisma.lead.findUnique({
    where: { id: leadId },
    select: { accountId: true, postbackId: true },
  });
  if (!seen) throw new AppError('NOT_FOUND', `There is no lead with the id ${leadId}.`);
  if (!(await deps.canDispute(tx, seen.accountId))) throw new AppError('CONFLICT', NO_DISPUTE_CALL);
  await lockPostback(tx, seen.postbackId);
  const lead = await tx.prisma.lead.findUniqueOrThrow({ where: { id: leadId } });
  const refusal = disputeRefusal(lead, nowOf(ctx));
  if (refusal) throw new AppError('CONFLICT', lead.approvalId === null ? refusal : WAITS_FOR_APPROVAL);
  const refund = await tx.prisma.refund.findFirst({
    where: input.refundId ? { id: input.refundId, leadId } : openOf(leadId),
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  const refundId = refund?.id ?? null;
  if (await mustBeApproved(tx, actor, lead)) {
    const { approvalId } = await requestApproval(tx, ctx, { ...input, lead, refundId });
    return { messageId: null, leavesAt: null, approvalId };
  }
  return sendDispute(tx, ctx, {
    ...input,
    lead,
    refundId,
    words: `${actor.name} disputed the lead by hand.`,
  });
}

/**
 * Disputes a lead by hand, from the console or the API. Open refunds of the same order follow the dispute. Answers
 * when it leaves: until then `undoDispute` takes it back; or the approval that it waits for (four eyes). Throws what
 * `openDisputeIn` throws, and CONFLICT where the network takes no disputes by API or one waits for approval.
 */
export async function openDispute(
  ctx: Ctx,
  deps: DisputeDeps,
  input: Omit<OpenDispute, 'refundId'> & { refundId?: string | null },
): Promise<Opened> {
  const opened = await ctx.store.transaction((tx) => disputeLeadIn(tx, ctx, deps, input));
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  return opened;
}

/** Why the leads of some networks cannot be disputed from here. */
export const NO_DISPUTE_CALL =
  'This network takes no disputes by API: tell them yourself, then mark the refund done.';
