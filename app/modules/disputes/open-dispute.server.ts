import { recordAudit } from '#app/modules/audit/index.server.ts';
import { disputeRefusal } from '#app/modules/leads/index.server.ts';
import { insertMessages } from '#app/modules/outbox/index.server.ts';
import type { DisputePayload } from '#app/modules/outbox/payloads.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { safetyOf } from './deadline-safety.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { lockPostback } from './lock-postback.server.ts';
import { recordLoss } from './record-loss.server.ts';
import { reasonSchema } from './schema.ts';

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
}

/**
 * Queues a dispute in the outbox, on an open transaction. Throws NOT_FOUND, VALIDATION_ERROR for the reason, or
 * CONFLICT with why the lead cannot be disputed. Two callers cannot both succeed: the lead is claimed by a
 * conditional update.
 */
export async function openDisputeIn(
  tx: Conn,
  ctx: Ctx,
  input: OpenDispute & { now: Date },
): Promise<{ messageId: string; leavesAt: Date }> {
  const checked = reasonSchema.safeParse({ reason: input.reason });
  if (!checked.success) {
    const details = checked.error.issues.map((issue) => ({ path: 'reason', message: issue.message }));
    throw new AppError('VALIDATION_ERROR', details[0]?.message ?? 'reason is wrong', { details });
  }
  const { now } = input;
  const lead = await tx.prisma.lead.findUnique({ where: { id: input.leadId } });
  if (!lead) throw new AppError('NOT_FOUND', `There is no lead with the id ${input.leadId}.`);
  const refusal = disputeRefusal(lead, now);
  if (refusal) throw new AppError('CONFLICT', refusal);
  const messageId = ctx.newId('msg');
  const { count } = await tx.prisma.lead.updateMany({
    where: { id: lead.id, disputeMessageId: null, holdState: 'pending_release' },
    data: { disputeMessageId: messageId, disputeReason: input.reason, updatedAt: now },
  });
  if (count === 0)
    throw new AppError(
      'CONFLICT',
      'This lead changed a moment ago: it was disputed or released. Look at it again.',
    );
  // a network whose clock is ahead ends the hold that much earlier
  const { skewMs } = await safetyOf(tx, lead.accountId);
  const spare = (lead.disputeBy?.getTime() ?? 0) - now.getTime() - UNDO_MS - Math.max(0, skewMs);
  const leavesAt = new Date(now.getTime() + Math.max(0, Math.min(input.delayMs, spare)));
  const payload: DisputePayload = { networkLeadId: lead.networkLeadId, reason: input.reason };
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
      payoutCents: lead.payoutCents === null ? null : Number(lead.payoutCents),
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
  await recordAudit(tx, ctx, {
    actor: input.actor,
    action: 'lead_disputed',
    subjectType: 'lead',
    subjectId: lead.id,
    detail: { reason: input.reason, refundId: input.refundId, messageId },
  });
  return { messageId, leavesAt };
}

/**
 * Disputes a lead by hand, from the console or the API. Open refunds of the same order follow the dispute. Answers
 * when it leaves: until then `undoDispute` takes it back. Throws what `openDisputeIn` throws, and CONFLICT where the
 * network takes no disputes by API.
 */
export async function openDispute(
  ctx: Ctx,
  deps: DisputeDeps,
  input: Omit<OpenDispute, 'refundId'> & { refundId?: string | null },
): Promise<{ messageId: string; leavesAt: Date }> {
  const opened = await ctx.store.transaction(async (tx) => {
    const lead = await tx.prisma.lead.findUnique({
      where: { id: input.leadId },
      select: { accountId: true, postbackId: true },
    });
    if (!lead) throw new AppError('NOT_FOUND', `There is no lead with the id ${input.leadId}.`);
    if (!(await deps.canDispute(tx, lead.accountId))) throw new AppError('CONFLICT', NO_DISPUTE_CALL);
    await lockPostback(tx, lead.postbackId);
    const now = nowOf(ctx);
    const open = {
      leadId: input.leadId,
      disposition: { in: ['needs_review', 'awaiting_lead', 'manual', 'in_grace'] },
    };
    const refund = await tx.prisma.refund.findFirst({
      where: input.refundId ? { id: input.refundId, leadId: input.leadId } : open,
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    const result = await openDisputeIn(tx, ctx, { ...input, refundId: refund?.id ?? null, now });
    await tx.prisma.refund.updateMany({
      where: open,
      data: {
        disposition: 'disputing',
        explanation: `${input.actor.name} disputed the lead by hand.`,
        disputeMessageId: result.messageId,
        graceUntil: null,
        updatedAt: now,
      },
    });
    return result;
  });
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  return opened;
}

/** Why the leads of some networks cannot be disputed from here. */
export const NO_DISPUTE_CALL =
  'This network takes no disputes by API: tell them yourself, then mark the refund done.';

/**
 * Takes a dispute back before it has left. Throws CONFLICT when it has left: what was sent cannot be unsent.
 * Refunds that followed it go back to a person, or, where the hold has ended meanwhile, are lost.
 */
export async function undoDispute(ctx: Ctx, input: { leadId: string; actor: Actor }): Promise<void> {
  await ctx.store.transaction(async (tx) => {
    const now = nowOf(ctx);
    const lead = await tx.prisma.lead.findUnique({ where: { id: input.leadId } });
    if (!lead) throw new AppError('NOT_FOUND', `There is no lead with the id ${input.leadId}.`);
    if (!lead.disputeMessageId) throw new AppError('CONFLICT', 'There is no dispute to take back.');
    const { count } = await tx.prisma.outboxMessage.updateMany({
      where: { id: lead.disputeMessageId, status: 'queued', attempts: 0 },
      data: {
        status: 'canceled',
        cancelReason: `Undone by ${input.actor.name}`,
        settledAt: now,
        updatedAt: now,
      },
    });
    if (count === 0)
      throw new AppError(
        'CONFLICT',
        'The dispute has already left: it can no longer be taken back here. Ask the network.',
      );
    await tx.prisma.lead.update({
      where: { id: lead.id },
      data: { disputeMessageId: null, disputeReason: null, updatedAt: now },
    });
    const over = lead.holdState === 'released' || (lead.disputeBy !== null && lead.disputeBy <= now);
    const followed = { disputeMessageId: lead.disputeMessageId, disposition: 'disputing' };
    const refund = await tx.prisma.refund.findFirst({ where: followed, select: { id: true } });
    const explanation = over
      ? `${input.actor.name} took the dispute back after the holding period had ended: the payout was released and cannot be taken back.`
      : `${input.actor.name} took the dispute back. A person decides.`;
    if (over && refund)
      await recordLoss(tx, ctx, { lead, refundId: refund.id, cause: 'missed_deadline', explanation });
    await tx.prisma.refund.updateMany({
      where: followed,
      data: {
        disposition: over ? 'too_late' : 'needs_review',
        explanation,
        disputeMessageId: null,
        updatedAt: now,
      },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'dispute_undone',
      subjectType: 'lead',
      subjectId: lead.id,
      detail: { messageId: lead.disputeMessageId },
    });
  });
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
}
