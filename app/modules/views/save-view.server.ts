import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { assertNameFree, cleaned, personOf, refused, viewItem } from './rows.server.ts';
import {
  type CleanQuery,
  type SavedViewItem,
  VIEWS_MAX,
  type ViewPage,
  viewName,
  viewPage,
} from './view-schema.ts';

export interface SaveViewInput {
  actor: Actor;
  page: ViewPage;
  name: string;
  /** The list's query string; what `cleanQuery` does not know is left out. */
  query: string;
  shared?: boolean | undefined;
  cleanQuery: CleanQuery;
  /** Whose view it is, where one that was just deleted comes back; left out: the actor's. */
  ownerId?: string | undefined;
}

/**
 * Keeps a list as it stands under a name, unique for its page and owner. Throws VALIDATION_ERROR (name, query),
 * CONFLICT (name taken, 50 views reached) or FORBIDDEN.
 */
export async function saveView(ctx: Ctx, input: SaveViewInput): Promise<SavedViewItem> {
  const { actor } = input;
  const person = personOf(actor);
  const page = viewPage.safeParse(input.page);
  if (!page.success) throw refused(page.error.issues.map(({ message }) => ({ path: ['page'], message })));
  const name = viewName.safeParse(input.name);
  if (!name.success) throw refused(name.error.issues.map(({ message }) => ({ path: ['name'], message })));
  const query = cleaned(input.query, input.cleanQuery);
  const ownerId = input.ownerId ?? person;
  if (ownerId !== person) requireCan(actor, 'manage_settings');
  const now = nowOf(ctx);
  return ctx.store.transaction(async (tx) => {
    const owner = await tx.prisma.user.findUnique({ where: { id: ownerId }, select: { name: true } });
    if (!owner) throw new AppError('NOT_FOUND', 'The person whose view this was is not here any more.');
    const had = await tx.prisma.savedView.count({ where: { page: page.data, ownerId } });
    if (had >= VIEWS_MAX)
      throw new AppError(
        'CONFLICT',
        `You have ${VIEWS_MAX} views of this page, which is the most there can be. Delete one you no longer need.`,
      );
    const row = {
      id: ctx.newId('viw'),
      page: page.data,
      name: name.data,
      query,
      shared: input.shared ?? false,
      ownerId,
      createdAt: now,
      updatedAt: now,
    };
    await assertNameFree(tx, row);
    await tx.prisma.savedView.create({ data: row });
    await recordAudit(tx, ctx, {
      actor,
      action: 'view_saved',
      subjectType: 'view',
      subjectId: row.id,
      detail: { page: row.page, name: row.name, query, shared: row.shared },
    });
    return viewItem(row, actor, owner.name);
  });
}
