import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { viewItem } from './rows.server.ts';
import type { SavedViewItem, ViewPage } from './view-schema.ts';

/** Shared views of others that a page shows at most. */
const SHARED_MAX = 200;

/** The views of a page that the actor sees: their own in the order made, then those that others shared. */
export async function listViews(
  ctx: Pick<Ctx, 'store'>,
  { page, actor }: { page: ViewPage; actor: Actor },
): Promise<SavedViewItem[]> {
  const { prisma } = ctx.store;
  const ownerId = actor.id ?? '';
  const [mine, shared] = await Promise.all([
    prisma.savedView.findMany({ where: { page, ownerId }, orderBy: { id: 'asc' } }),
    prisma.savedView.findMany({
      where: { page, shared: true, ownerId: { not: ownerId } },
      orderBy: { id: 'asc' },
      take: SHARED_MAX,
    }),
  ]);
  const rows = [...mine, ...shared];
  const people = await prisma.user.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.ownerId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return rows.map((row) => viewItem(row, actor, names.get(row.ownerId) ?? 'somebody who has left'));
}
