import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';

/**
 * A person's decision on a refund that waits for one: dispute it, or let it pass. Throws NOT_FOUND, or CONFLICT
 * when it no longer waits for a decision.
 */
export async function decideReview(ctx: Ctx, deps: DisputeDeps, input: { refundId: string; choice: 'dispute' | 'let_pass'; actor: Actor }): Promise<{ disposition: string }> {
  const disposition = await ctx.store.transaction(async (tx) => {
    const refund = await tx.prisma.refund.findUnique({ where: { id: input.refundId } });
    if (!refund) throw new AppError('NOT_FOUND', `There is no refund with the id ${input.refundId}.`);
    if (refund.disposition !== 'needs_review' && refund.disposition !== 'manual') {
      throw new AppError('CONFLICT', `This refund does not wait for a decision any more: ${refund.explanation}`);
    }
    await recordAudit(tx, ctx, { actor: input.actor, action: input.choice === 'dispute' ? 'refund_disputed' : 'refund_let_pass', subjectType: 'refund', subjectId: refund.id });
    if (input.choice === 'let_pass') {
      await tx.prisma.refund.update({
        where: { id: refund.id },
        data: { disposition: 'ignored', explanation: `${input.actor.name} let it pass: the affiliate is paid.`, updatedAt: nowOf(ctx) },
      });
      return 'ignored';
    }
    return (await evaluateRefund(tx, ctx, deps, refund, { decided: true, delayMs: UNDO_MS, actor: input.actor })).disposition;
  });
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  return { disposition };
}
