import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { drop } from './approval-request.server.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { lockedRefund, lockLead } from './lock-postback.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';
import type { RefundRow } from './refund-copies.server.ts';
import { type Choice, choicesFor } from './schema.ts';

const ACTIONS = {
  dispute: 'refund_disputed',
  let_pass: 'refund_let_pass',
  done: 'refund_settled_by_hand',
} as const;

export interface Decided {
  disposition: string;
  leadId: string | null;
  /** Set where the dispute waits for another person (four eyes): the refund keeps its disposition. */
  approvalId: string | null;
}

/**
 * A person's decision on a refund: dispute its lead (leaves after ten seconds, or waits for another person), let it
 * pass, or, where the network takes no disputes by API, note that they were told by hand. Throws NOT_FOUND, or CONFLICT
 * when the refund does not wait for that decision (any more).
 */
export async function decideReview(
  ctx: Ctx,
  deps: DisputeDeps,
  input: { refundId: string; choice: Choice; actor: Actor },
): Promise<Decided> {
  const { choice, actor } = input;
  const result = await ctx.store.transaction(async (tx): Promise<Decided> => {
    if (choice === 'dispute') return disputeRefundIn(tx, ctx, deps, { ...input, delayMs: UNDO_MS });
    const refund = await toDecide(tx, ctx, input);
    const outcome = outcomeOf(choice, refund.disposition, actor.name);
    // by the lead, which has few: asked for the state too, SQLite walks all that are pending
    const ofLead = await tx.prisma.disputeApproval.findMany({ where: { leadId: refund.leadId ?? '' } });
    const asked = ofLead.find(({ refundId, state }) => refundId === refund.id && state === 'pending');
    if (asked) await drop(tx, ctx, asked, outcome.explanation);
    await tx.prisma.refund.update({
      where: { id: refund.id },
      data: { ...outcome, graceUntil: null, decidedBy: null, updatedAt: nowOf(ctx) },
    });
    return { disposition: outcome.disposition, leadId: refund.leadId, approvalId: null };
  });
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  return result;
}

/**
 * The refund behind the locks of its order. What is not evaluated anew is read behind its lead's, too: the release of
 * the lead may just have settled it.
 */
async function heldRefund(tx: Conn, id: string, choice: Choice): Promise<RefundRow | null> {
  const refund = await lockedRefund(tx, id);
  if (choice === 'dispute' || !refund?.leadId) return refund;
  await lockLead(tx, refund.leadId);
  return tx.prisma.refund.findUnique({ where: { id } });
}

/** The refund, held, with the decision on record. Throws NOT_FOUND, CONFLICT. */
async function toDecide(
  tx: Conn,
  ctx: Ctx,
  { refundId, choice, actor }: { refundId: string; choice: Choice; actor: Actor },
): Promise<RefundRow> {
  const refund = await heldRefund(tx, refundId, choice);
  if (!refund) throw new AppError('NOT_FOUND', `There is no refund with the id ${refundId}.`);
  if (!choicesFor(refund.disposition).includes(choice)) {
    throw new AppError(
      'CONFLICT',
      `This refund does not wait for that decision any more: ${refund.explanation}`,
    );
  }
  await recordAudit(tx, ctx, {
    actor,
    action: ACTIONS[choice],
    subjectType: 'refund',
    subjectId: refund.id,
  });
  return refund;
}

/**
 * A person's decision to dispute a refund's lead, on an open transaction. `reason` instead of the one written from the
 * refund. Answers what became of it, in plain words too, and the dispute message. Throws as `decideReview`.
 */
export async function disputeRefundIn(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  input: {
    refundId: string;
    actor: Actor;
    delayMs: number;
    reason?: string | undefined;
    batchId?: string | undefined;
  },
): Promise<Decided & { messageId: string | null; explanation: string }> {
  const refund = await toDecide(tx, ctx, { ...input, choice: 'dispute' });
  const { disposition, leadId, messageId, approvalId, explanation } = await evaluateRefund(
    tx,
    ctx,
    deps,
    refund,
    { ...input, decided: true },
  );
  return { disposition, leadId, approvalId: approvalId ?? null, messageId, explanation };
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
