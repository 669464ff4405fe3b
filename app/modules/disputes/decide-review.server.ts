import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { lockedRefund } from './lock-postback.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';
import { type Choice, choicesFor } from './schema.ts';

const ACTIONS = {
  dispute: 'refund_disputed',
  let_pass: 'refund_let_pass',
  done: 'refund_settled_by_hand',
} as const;

/**
 * A person's decision on a refund: dispute its lead (leaves after ten seconds), let it pass, or, where the network
 * takes no disputes by API, note that they were told by hand. Throws NOT_FOUND, or CONFLICT when the refund does
 * not wait for that decision (any more).
 */
export async function decideReview(
  ctx: Ctx,
  deps: DisputeDeps,
  input: { refundId: string; choice: Choice; actor: Actor },
): Promise<{ disposition: string; leadId: string | null }> {
  const result = await ctx.store.transaction(async (tx) => {
    const refund = await lockedRefund(tx, input.refundId);
    if (!refund) throw new AppError('NOT_FOUND', `There is no refund with the id ${input.refundId}.`);
    if (!choicesFor(refund.disposition).includes(input.choice)) {
      throw new AppError(
        'CONFLICT',
        `This refund does not wait for that decision any more: ${refund.explanation}`,
      );
    }
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: ACTIONS[input.choice],
      subjectType: 'refund',
      subjectId: refund.id,
    });
    if (input.choice === 'dispute') {
      const { disposition } = await evaluateRefund(tx, ctx, deps, refund, {
        decided: true,
        delayMs: UNDO_MS,
        actor: input.actor,
      });
      const after = await tx.prisma.refund.findUniqueOrThrow({
        where: { id: refund.id },
        select: { leadId: true },
      });
      return { disposition, leadId: after.leadId };
    }
    const outcome = outcomeOf(input.choice, refund.disposition, input.actor.name);
    await tx.prisma.refund.update({
      where: { id: refund.id },
      data: { ...outcome, graceUntil: null, updatedAt: nowOf(ctx) },
    });
    return { disposition: outcome.disposition, leadId: refund.leadId };
  });
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  return result;
}

function outcomeOf(
  choice: Exclude<Choice, 'dispute'>,
  before: string,
  name: string,
): { disposition: string; explanation: string } {
  if (choice === 'done') return { disposition: 'disputed', explanation: `${name} told the network by hand.` };
  const why =
    before === 'unmatched'
      ? `${name} set it aside: no order carries its id.`
      : `${name} let it pass: the affiliate is paid.`;
  return { disposition: 'ignored', explanation: why };
}
