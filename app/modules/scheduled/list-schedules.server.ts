import { mailChannel } from '#app/modules/alerts/index.server.ts';
import { listUsers } from '#app/modules/operators/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { needSchedule, type RunRow, rhythmOf, type ScheduleRow } from './rows.server.ts';
import type { Attached, ListName, RunStatus, RunView, ScheduleStatus, ScheduleView } from './schema.ts';

type Read = Pick<Ctx, 'store' | 'vault'>;

const LIMIT = 50;

/** All scheduled exports by name, with what came of their last sending. */
export async function listSchedules(ctx: Read): Promise<ScheduleView[]> {
  return viewsOf(ctx, await ctx.store.prisma.scheduledExport.findMany({ orderBy: { name: 'asc' } }));
}

/** One scheduled export. Throws NOT_FOUND. */
export async function getSchedule(ctx: Read, id: string): Promise<ScheduleView> {
  const [view] = await viewsOf(ctx, [await needSchedule(ctx.store, id)]);
  return view as ScheduleView;
}

/** The log of one, newest first. `before` and `after` are ids that the page stands beyond. */
export async function listRuns(
  ctx: Pick<Ctx, 'store'>,
  input: { exportId: string; before?: string | undefined; after?: string | undefined },
): Promise<{ items: RunView[]; next: string | null; prev: string | null }> {
  const { exportId, before, after } = input;
  const back = after !== undefined;
  const rows = await ctx.store.prisma.exportRun.findMany({
    where: { exportId, ...(back ? { id: { gt: after } } : before ? { id: { lt: before } } : {}) },
    orderBy: { id: back ? 'asc' : 'desc' },
    take: LIMIT + 1,
  });
  const more = rows.length > LIMIT;
  const page = rows.slice(0, LIMIT);
  if (back) page.reverse();
  const items = page.map(runView);
  return {
    items,
    next: more || back ? (items.at(-1)?.id ?? null) : null,
    prev: (back ? more : before !== undefined) ? (items[0]?.id ?? null) : null,
  };
}

async function viewsOf(ctx: Read, rows: readonly ScheduleRow[]): Promise<ScheduleView[]> {
  const { prisma } = ctx.store;
  const people = new Map((await listUsers(ctx)).map(({ id, name }) => [id, name]));
  const views: ScheduleView[] = [];
  for (const row of rows) {
    const channel = await mailChannel(ctx, row.channelId);
    const view =
      row.viewId === null
        ? null
        : await prisma.savedView.findUnique({
            where: { id: row.viewId },
            select: { name: true, query: true },
          });
    const last = await prisma.exportRun.findFirst({ where: { exportId: row.id }, orderBy: { id: 'desc' } });
    views.push({
      ...rhythmOf(row),
      id: row.id,
      name: row.name,
      list: row.list as ListName,
      view: row.viewId === null ? null : { id: row.viewId, name: view?.name ?? null },
      query: row.viewId === null ? row.query : (view?.query ?? ''),
      channel: channel && {
        id: channel.id,
        name: channel.name,
        hint: channel.hint,
        enabled: channel.enabled,
      },
      status: row.status as ScheduleStatus,
      pausedWhy: row.pausedWhy,
      nextAt: row.nextAt.toISOString(),
      owner: { id: row.ownerId, name: people.get(row.ownerId) ?? 'somebody who has left' },
      last: last && runView(last),
    });
  }
  return views;
}

const runView = (row: RunRow): RunView => ({
  id: row.id,
  exportId: row.exportId,
  name: row.name,
  list: row.list,
  cause: row.cause === 'asked' ? 'asked' : 'due',
  dueAt: row.dueAt.toISOString(),
  missed: row.missed,
  status: row.status as RunStatus,
  attempts: row.attempts,
  tryAt: row.tryAt.toISOString(),
  rows: row.rows,
  bytes: numberOrNull(row.bytes),
  attached: row.attached as Attached | null,
  responseStatus: row.responseStatus,
  words: row.words,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
});
