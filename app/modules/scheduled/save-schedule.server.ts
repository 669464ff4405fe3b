import { mailChannel } from '#app/modules/alerts/index.server.ts';
import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { withoutPlace } from '#app/platform/list-query.ts';
import type { ScheduleInput } from './form-schema.ts';
import { nextRun } from './next-run.ts';
import { needSchedule, viewOf } from './rows.server.ts';

/** Scheduled exports that there can be. */
const SCHEDULES_MAX = 50;

const refuse = (path: string, message: string): AppError =>
  new AppError('VALIDATION_ERROR', message, { details: [{ path, message }] });

/**
 * Makes a scheduled export, or changes the one with `id`; from then on it runs with the actor's permission. Its
 * filters are those of a saved view that the actor sees, or a query without the place in it. Throws FORBIDDEN,
 * NOT_FOUND, VALIDATION_ERROR (channel or view is none) and CONFLICT (name taken, 50 reached).
 */
export async function saveSchedule(
  ctx: Ctx,
  input: { id?: string; schedule: ScheduleInput; actor: Actor },
): Promise<{ id: string }> {
  requireCan(input.actor, 'manage_settings');
  const { actor, schedule } = input;
  const ownerId = personOf(actor);
  const channel = await mailChannel(ctx, schedule.channelId);
  if (!channel) throw refuse('channelId', 'This channel is gone or sends no email. Choose another one.');
  const { viewId } = schedule;
  if (viewId !== undefined && !(await viewOf(ctx, actor, schedule.list, viewId)))
    throw refuse('viewId', 'You see no saved view of this list by that name. Choose another one.');
  const now = nowOf(ctx);
  const id = input.id ?? ctx.newId('sch');
  await ctx.store.transaction(async (tx) => {
    const before = input.id === undefined ? null : await needSchedule(tx, input.id);
    await assertFree(tx, id, schedule.name);
    const { name, list, channelId, every, day, hour, zone } = schedule;
    const data = {
      name,
      list,
      viewId: viewId ?? null,
      query: viewId === undefined ? withoutPlace(schedule.query).toString() : '',
      channelId,
      every,
      day,
      hour,
      zone,
      ownerId,
      nextAt: new Date(nextRun({ every, day, hour, zone }, now.getTime())),
      updatedAt: now,
    };
    if (before) await tx.prisma.scheduledExport.update({ where: { id }, data });
    else await tx.prisma.scheduledExport.create({ data: { ...data, id, status: 'active', createdAt: now } });
    const { nextAt: _next, updatedAt: _updated, ownerId: _owner, ...told } = data;
    await recordAudit(tx, ctx, {
      actor,
      action: before ? 'scheduled_export_changed' : 'scheduled_export_added',
      subjectType: 'scheduled_export',
      subjectId: id,
      detail: { ...told, to: channel.hint },
    });
  });
  ctx.live.publish('alerts');
  return { id };
}

/** The person who acts: a schedule runs with somebody's permission. */
export function personOf(actor: Actor): string {
  if (actor.type === 'user' && actor.id !== null) return actor.id;
  throw new AppError('FORBIDDEN', 'Scheduled exports belong to people: sign in to the console to make one.');
}

async function assertFree(tx: Conn, id: string, name: string): Promise<void> {
  const all = await tx.prisma.scheduledExport.findMany({ select: { id: true, name: true } });
  const others = all.filter((one) => one.id !== id);
  if (others.length >= SCHEDULES_MAX && others.length === all.length)
    throw new AppError(
      'CONFLICT',
      `There are ${SCHEDULES_MAX} scheduled exports, which is the most there can be. Remove one that nobody reads.`,
    );
  if (!others.some((one) => one.name === name)) return;
  const message = `There is already a scheduled export called "${name}". Choose another name.`;
  throw new AppError('CONFLICT', message, { details: [{ path: 'name', message }] });
}
