import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { nextRun } from './next-run.ts';
import { needSchedule, rhythmOf, type ScheduleRow, viewOf } from './rows.server.ts';
import { personOf } from './save-schedule.server.ts';
import { LISTS, type ListName } from './schema.ts';

interface Change {
  id: string;
  actor: Actor;
}

/** Sends nothing until somebody resumes it. Audited; one that is paused stays as it is. Throws FORBIDDEN, NOT_FOUND. */
export async function pauseSchedule(ctx: Ctx, { id, actor }: Change): Promise<{ name: string }> {
  requireCan(actor, 'manage_settings');
  const row = await needSchedule(ctx.store, id);
  await ctx.store.transaction((tx) => setPaused(tx, ctx, row, `${actor.name} paused it.`, actor));
  ctx.live.publish('alerts');
  return { name: row.name };
}

/** Pauses it where it runs, with the reason that its page shows. */
export async function setPaused(
  tx: Conn,
  ctx: Ctx,
  { id, name }: Pick<ScheduleRow, 'id' | 'name'>,
  why: string,
  actor: Actor = SYSTEM,
): Promise<void> {
  const { count } = await tx.prisma.scheduledExport.updateMany({
    where: { id, status: 'active' },
    data: { status: 'paused', pausedWhy: why, updatedAt: nowOf(ctx) },
  });
  if (count === 1)
    await recordAudit(tx, ctx, {
      actor,
      action: 'scheduled_export_paused',
      subjectType: 'scheduled_export',
      subjectId: id,
      detail: { name, why },
    });
}

/**
 * Lets it run again from its next moment on, with the actor's permission. Throws FORBIDDEN, NOT_FOUND, and CONFLICT
 * where its saved view is none that the actor sees.
 */
export async function resumeSchedule(ctx: Ctx, { id, actor }: Change): Promise<{ name: string }> {
  requireCan(actor, 'manage_settings');
  const ownerId = personOf(actor);
  const row = await needSchedule(ctx.store, id);
  if (row.viewId !== null && !(await viewOf(ctx, actor, row.list as ListName, row.viewId)))
    throw new AppError(
      'CONFLICT',
      `Its saved view of ${LISTS[row.list as ListName].label} is gone, or you do not see it. Choose its filters anew, then resume it.`,
    );
  const now = nowOf(ctx);
  await ctx.store.transaction(async (tx) => {
    const { count } = await tx.prisma.scheduledExport.updateMany({
      where: { id, status: 'paused' },
      data: {
        status: 'active',
        pausedWhy: null,
        ownerId,
        nextAt: new Date(nextRun(rhythmOf(row), now.getTime())),
        updatedAt: now,
      },
    });
    if (count === 1)
      await recordAudit(tx, ctx, {
        actor,
        action: 'scheduled_export_resumed',
        subjectType: 'scheduled_export',
        subjectId: id,
        detail: { name: row.name },
      });
  });
  ctx.live.publish('alerts');
  return { name: row.name };
}

/** Removes it for good, with its log; the audit keeps who got what. Throws FORBIDDEN, NOT_FOUND. */
export async function removeSchedule(ctx: Ctx, { id, actor }: Change): Promise<{ name: string }> {
  requireCan(actor, 'manage_settings');
  const row = await ctx.store.transaction(async (tx) => {
    const schedule = await needSchedule(tx, id);
    await tx.prisma.exportRun.deleteMany({ where: { exportId: id } });
    await tx.prisma.scheduledExport.delete({ where: { id } });
    await recordAudit(tx, ctx, {
      actor,
      action: 'scheduled_export_removed',
      subjectType: 'scheduled_export',
      subjectId: id,
      detail: { name: schedule.name, list: schedule.list },
    });
    return schedule;
  });
  ctx.live.publish('alerts');
  return { name: row.name };
}
