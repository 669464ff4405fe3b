import type { Ctx } from '#app/platform/context.server.ts';
import type { Person } from './insert-user.server.ts';
import { roleOf } from './policy.ts';

/** Everybody who can or could sign in, in the order they were added. */
export async function listUsers(ctx: Pick<Ctx, 'store'>): Promise<Person[]> {
  const rows = await ctx.store.prisma.user.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ id, name, email, role, banned, createdAt }) => ({
    id,
    name,
    email,
    role: roleOf(role),
    banned: banned === true,
    createdAt: createdAt.toISOString(),
  }));
}
