import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { recordLoss } from './record-loss.server.ts';

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
