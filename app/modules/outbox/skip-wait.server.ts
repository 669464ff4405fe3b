import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/**
 * Skips the coming step of the ladder: the attempt after it keeps its own wait. Only for a message that waits
 * (`retrying`). Throws NOT_FOUND or CONFLICT.
 */
export async function skipStep(
  ctx: Ctx,
  input: { id: string; schedule: readonly number[]; actor: Actor },
): Promise<void> {
  const now = nowOf(ctx);
  await ctx.store.transaction(async (tx) => {
    const message = await tx.prisma.outboxMessage.findUnique({
      where: { id: input.id },
      select: { status: true, step: true },
    });
    if (!message) throw new AppError('NOT_FOUND', `There is no postback with the id ${input.id}.`);
    const seconds = input.schedule[message.step];
    if (message.status !== 'retrying')
      throw new AppError('CONFLICT', 'No attempt is scheduled: there is nothing to skip.');
    if (seconds === undefined)
      throw new AppError('CONFLICT', 'The coming attempt is the last one: it cannot be skipped.');
    const { count } = await tx.prisma.outboxMessage.updateMany({
      where: { id: input.id, status: 'retrying', step: message.step },
      data: { step: message.step + 1, dueAt: new Date(now.getTime() + seconds * 1000), updatedAt: now },
    });
    if (count === 0) throw new AppError('CONFLICT', 'It changed a moment ago: look again.');
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'step_skipped',
      subjectType: 'message',
      subjectId: input.id,
      detail: { step: message.step },
    });
  });
  ctx.live.publish('outbox');
  ctx.live.publish('postbacks');
}
