import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { dueAt } from './next-run.ts';
import { rhythmOf, type ScheduleRow } from './rows.server.ts';

/**
 * Writes down one run for each active schedule whose moment has come. Moments that passed while nobody was there are
 * one run, too, which counts them. The schedule moves on in the same transaction, so that of several processes one
 * writes it. Answers how many were written.
 */
export async function queueDueRuns(ctx: Ctx): Promise<number> {
  const now = nowOf(ctx);
  const due = await ctx.store.prisma.scheduledExport.findMany({
    where: { status: 'active', nextAt: { lte: now } },
    orderBy: { nextAt: 'asc' },
    take: 100,
  });
  let queued = 0;
  for (const row of due) if (await queue(ctx, row, now)) queued += 1;
  if (queued > 0) ctx.live.publish('alerts');
  return queued;
}

function queue(ctx: Ctx, row: ScheduleRow, now: Date): Promise<boolean> {
  const { id: exportId, name, list, nextAt } = row;
  return ctx.store.transaction(async (tx) => {
    const due = dueAt(rhythmOf(row), nextAt.getTime(), now.getTime());
    if (!due) return false;
    const { count } = await tx.prisma.scheduledExport.updateMany({
      where: { id: exportId, status: 'active', nextAt },
      data: { nextAt: new Date(due.next) },
    });
    if (count === 0) return false;
    const latest = new Date(due.latest);
    const runKey = latest.toISOString();
    const before = await tx.prisma.exportRun.findUnique({
      where: { exportId_runKey: { exportId, runKey } },
      select: { id: true },
    });
    if (before) return false;
    await tx.prisma.exportRun.create({
      data: {
        id: ctx.newId('run'),
        exportId,
        runKey,
        cause: 'due',
        name,
        list,
        dueAt: latest,
        missed: due.missed,
        status: 'queued',
        tryAt: now,
        createdAt: now,
      },
    });
    return true;
  });
}
