import { recordAudit } from '#app/modules/audit/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { retryRefusal } from './policy.ts';
import type { MessageStatus } from './schema.ts';

/**
 * Makes a message due now: a new attempt of the *same* message with the same externalId (RG-13, RG-31). One that
 * had stopped starts its ladder anew; one that was waiting keeps its place. With `force`, one that the network
 * already has is sent again: a duplicate answer is expected. Throws NOT_FOUND, or CONFLICT with the reason.
 */
export async function retryMessage(
  ctx: Ctx,
  input: { id: string; actor: Actor; force?: boolean },
): Promise<{ id: string }> {
  const now = nowOf(ctx);
  await ctx.store.transaction(async (tx) => {
    const message = await tx.prisma.outboxMessage.findUnique({
      where: { id: input.id },
      select: { kind: true, status: true, errorCode: true },
    });
    if (!message) throw new AppError('NOT_FOUND', `There is no postback with the id ${input.id}.`);
    const refusal = retryRefusal(message.status as MessageStatus, input.force);
    if (refusal) throw new AppError('CONFLICT', refusal);
    if (message.kind === 'dispute' && (message.status === 'failed' || message.status === 'exhausted')) {
      throw new AppError(
        'CONFLICT',
        'This dispute was not taken. Dispute the lead again from its row, before its deadline.',
      );
    }
    const stopped = !['queued', 'retrying'].includes(message.status);
    const { count } = await tx.prisma.outboxMessage.updateMany({
      where: { id: input.id, status: message.status },
      data: {
        status: 'retrying',
        dueAt: now,
        settledAt: null,
        // by hand: breakers that tripped before now do not hold it back
        releasedAt: now,
        acknowledgedAt: null,
        updatedAt: now,
        ...(stopped ? { step: 0 } : {}),
      },
    });
    if (count === 0) throw new AppError('CONFLICT', 'It changed a moment ago: look again before retrying.');
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: input.force ? 'message_resent' : 'message_retried',
      subjectType: 'message',
      subjectId: input.id,
      detail: { from: message.status, errorCode: message.errorCode },
    });
  });
  ctx.live.publish('outbox');
  ctx.live.publish('postbacks');
  return { id: input.id };
}
