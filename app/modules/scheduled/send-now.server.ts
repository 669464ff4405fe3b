import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { needSchedule } from './rows.server.ts';

/**
 * Sends it once now, beside its rhythm and also while it is paused: within seconds, by a worker; its log tells what
 * came of it. Audited. Throws FORBIDDEN, NOT_FOUND, and CONFLICT while one that was asked for is on its way.
 */
export async function sendNow(ctx: Ctx, input: { id: string; actor: Actor }): Promise<{ name: string }> {
  requireCan(input.actor, 'manage_settings');
  const now = nowOf(ctx);
  const row = await ctx.store.transaction(async (tx) => {
    const { id: exportId, name, list } = await needSchedule(tx, input.id);
    const underWay = await tx.prisma.exportRun.findFirst({
      where: { exportId, cause: 'asked', status: { in: ['queued', 'sending'] } },
      select: { id: true },
    });
    if (underWay) throw new AppError('CONFLICT', 'It is on its way already: its log tells what comes of it.');
    const id = ctx.newId('run');
    await tx.prisma.exportRun.create({
      data: {
        id,
        exportId,
        runKey: id,
        cause: 'asked',
        name,
        list,
        dueAt: now,
        status: 'queued',
        tryAt: now,
        createdAt: now,
      },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'scheduled_export_asked_for',
      subjectType: 'scheduled_export',
      subjectId: exportId,
      detail: { name, run: id },
    });
    return { name };
  });
  ctx.live.publish('alerts');
  return row;
}
