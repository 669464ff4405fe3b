import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/**
 * Sends a delivery again that has failed or was sent, from the start of its ladder and under the same id. Throws
 * FORBIDDEN, NOT_FOUND, and CONFLICT while it is on its way anyway.
 */
export async function resendAlert(ctx: Ctx, input: { id: string; actor: Actor }): Promise<{ title: string }> {
  requireCan(input.actor, 'manage_settings');
  const { id, actor } = input;
  const title = await ctx.store.transaction(async (tx) => {
    const row = await tx.prisma.alertDelivery.findUnique({ where: { id } });
    if (!row) throw new AppError('NOT_FOUND', 'There is no such delivery in the log.');
    const { count } = await tx.prisma.alertDelivery.updateMany({
      where: { id, status: { in: ['sent', 'failed'] } },
      data: { status: 'queued', attempts: 0, dueAt: nowOf(ctx), sentAt: null },
    });
    if (count === 0)
      throw new AppError('CONFLICT', 'It is on its way already: wait for its answer, then send it again.');
    await recordAudit(tx, ctx, {
      actor,
      action: 'alert_sent_again',
      subjectType: 'alert',
      subjectId: id,
      detail: { title: row.title, before: row.status },
    });
    return row.title;
  });
  ctx.live.publish('alerts');
  return { title };
}
