import { recordAudit } from '#app/modules/audit/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { personOf, viewToChange } from './rows.server.ts';

/**
 * Deletes a view and answers what it was, so that `saveView` can bring it back. Throws NOT_FOUND or FORBIDDEN
 * (somebody else's shared view).
 */
export async function removeView(
  ctx: Ctx,
  input: { id: string; actor: Actor },
): Promise<{ page: string; name: string; query: string; shared: boolean; ownerId: string }> {
  personOf(input.actor);
  return ctx.store.transaction(async (tx) => {
    const view = await viewToChange(tx, input.actor, input.id);
    const { page, name, query, shared, ownerId } = view;
    await tx.prisma.savedView.delete({ where: { id: view.id } });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'view_removed',
      subjectType: 'view',
      subjectId: view.id,
      detail: { page, name, query, shared },
    });
    return { page, name, query, shared, ownerId };
  });
}
