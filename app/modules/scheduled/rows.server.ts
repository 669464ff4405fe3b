import { listUsers } from '#app/modules/operators/index.server.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import type { SavedViewItem } from '#app/modules/views/view-schema.ts';
import { viewPage } from '#app/modules/views/view-schema.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { Every, ListName, Rhythm } from './schema.ts';

export type ScheduleRow = NonNullable<Awaited<ReturnType<Conn['prisma']['scheduledExport']['findUnique']>>>;
export type RunRow = NonNullable<Awaited<ReturnType<Conn['prisma']['exportRun']['findUnique']>>>;

export const rhythmOf = ({ every, day, hour, zone }: ScheduleRow): Rhythm => ({
  every: every as Every,
  day,
  hour,
  zone,
});

/** Throws NOT_FOUND. */
export async function needSchedule(conn: Conn, id: string): Promise<ScheduleRow> {
  const row = await conn.prisma.scheduledExport.findUnique({ where: { id } });
  if (row) return row;
  throw new AppError(
    'NOT_FOUND',
    'This scheduled export is gone: somebody removed it. Look at the list of those there are.',
  );
}

/** The person with whose permission a schedule runs, as they are now; null where they are gone or switched off. */
export async function ownerOf(ctx: Pick<Ctx, 'store'>, ownerId: string): Promise<Actor | null> {
  const person = (await listUsers(ctx)).find(({ id }) => id === ownerId);
  if (!person || person.banned) return null;
  const { id, name, role } = person;
  return { type: 'user', id, name, role, ip: null };
}

/** A saved view of that list that the person sees; null where there is none. */
export async function viewOf(
  ctx: Pick<Ctx, 'store'>,
  actor: Actor,
  list: ListName,
  viewId: string,
): Promise<SavedViewItem | null> {
  const page = viewPage.safeParse(list);
  if (!page.success) return null;
  return (await listViews(ctx, { page: page.data, actor })).find(({ id }) => id === viewId) ?? null;
}
