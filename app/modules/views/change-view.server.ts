import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { assertNameFree, cleaned, personOf, refused, viewItem, viewToChange } from './rows.server.ts';
import { type CleanQuery, type SavedViewItem, type ViewPage, viewName } from './view-schema.ts';

export interface ChangeViewInput {
  id: string;
  actor: Actor;
  /** What changes; the rest stays. */
  name?: string | undefined;
  shared?: boolean | undefined;
  query?: string | undefined;
  /** The check of the view's own page. */
  cleanQuery(page: ViewPage): CleanQuery;
}

/**
 * Renames a view, shares it, or replaces what it shows. Throws NOT_FOUND, FORBIDDEN (somebody else's shared view),
 * VALIDATION_ERROR or CONFLICT (name taken).
 */
export async function changeView(ctx: Ctx, input: ChangeViewInput): Promise<SavedViewItem> {
  personOf(input.actor);
  const name = viewName.optional().safeParse(input.name);
  if (!name.success) throw refused(name.error.issues.map(({ message }) => ({ path: ['name'], message })));
  return ctx.store.transaction(async (tx) => {
    const before = await viewToChange(tx, input.actor, input.id);
    const change = {
      ...(name.data === undefined ? {} : { name: name.data }),
      ...(input.shared === undefined ? {} : { shared: input.shared }),
      ...(input.query === undefined
        ? {}
        : { query: cleaned(input.query, input.cleanQuery(before.page as ViewPage)) }),
    };
    const after = { ...before, ...change, updatedAt: nowOf(ctx) };
    if (after.name !== before.name) await assertNameFree(tx, after, before.id);
    await tx.prisma.savedView.update({
      where: { id: before.id },
      data: { ...change, updatedAt: after.updatedAt },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'view_changed',
      subjectType: 'view',
      subjectId: before.id,
      detail: {
        page: before.page,
        from: Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof typeof change]])),
        to: change,
      },
    });
    const owner = await tx.prisma.user.findUnique({ where: { id: before.ownerId }, select: { name: true } });
    return viewItem(after, input.actor, owner?.name ?? 'somebody who has left');
  });
}
