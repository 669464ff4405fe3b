import { can } from '#app/modules/operators/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError, type ErrorDetail } from '#app/platform/errors.ts';
import type { CleanQuery, SavedViewItem, ViewPage } from './view-schema.ts';
import { viewQuery } from './view-schema.ts';

export type ViewRow = NonNullable<Awaited<ReturnType<Conn['prisma']['savedView']['findUnique']>>>;

/** Whether someone may change a view: their own, and shared ones with the right to change settings. */
export const mayChange = (actor: Actor, view: Pick<ViewRow, 'ownerId' | 'shared'>): boolean =>
  view.ownerId === actor.id || (view.shared && can(actor.role, 'manage_settings'));

/** The id of the person who acts. Views are people's: a key or the system has none. */
export function personOf(actor: Actor): string {
  if (actor.type === 'user' && actor.id !== null) return actor.id;
  throw new AppError(
    'FORBIDDEN',
    'Views belong to people. Sign in to the console to save or change one; an API key cannot.',
  );
}

/** A view that the actor may change. Throws NOT_FOUND, also for somebody else's own one, or FORBIDDEN. */
export async function viewToChange(conn: Conn, actor: Actor, id: string): Promise<ViewRow> {
  const view = await conn.prisma.savedView.findUnique({ where: { id } });
  if (!view || (!view.shared && view.ownerId !== actor.id))
    throw new AppError(
      'NOT_FOUND',
      'This view is not there any more. Reload the page to see those that are.',
    );
  if (!mayChange(actor, view))
    throw new AppError(
      'FORBIDDEN',
      `"${view.name}" was shared by somebody else: only they or an owner can change it. Save a view of your own instead.`,
    );
  return view;
}

/** Throws CONFLICT where the owner has another view of this name on the page. */
export async function assertNameFree(
  conn: Conn,
  view: { page: string; ownerId: string; name: string },
  except?: string,
): Promise<void> {
  const { page, ownerId, name } = view;
  const taken = await conn.prisma.savedView.findFirst({
    where: { page, ownerId, name },
    select: { id: true },
  });
  if (!taken || taken.id === except) return;
  const message = `There is already a view called "${name}" here. Choose another name, or update that one.`;
  throw new AppError('CONFLICT', message, { details: [{ path: 'name', message }] });
}

/** Input that a schema refused, with a path for each fault. */
export function refused(issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  const details: ErrorDetail[] = issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  return new AppError('VALIDATION_ERROR', details.map((detail) => detail.message).join('. '), { details });
}

/** A query as it is kept: what the page knows of it. Throws VALIDATION_ERROR. */
export function cleaned(query: string, clean: CleanQuery): string {
  const parsed = viewQuery.safeParse(query.startsWith('?') ? query.slice(1) : query);
  if (!parsed.success)
    throw refused(parsed.error.issues.map(({ message }) => ({ path: ['query'], message })));
  const kept = viewQuery.safeParse(clean(new URLSearchParams(parsed.data)));
  if (!kept.success) throw refused(kept.error.issues.map(({ message }) => ({ path: ['query'], message })));
  return kept.data;
}

/** A row as pages show it to `actor`. */
export const viewItem = (row: ViewRow, actor: Actor, ownerName: string): SavedViewItem => ({
  id: row.id,
  page: row.page as ViewPage,
  name: row.name,
  query: row.query,
  shared: row.shared,
  mine: row.ownerId === actor.id,
  mayChange: mayChange(actor, row),
  owner: { id: row.ownerId, name: ownerName },
});
