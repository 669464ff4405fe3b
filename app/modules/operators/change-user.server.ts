import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { requireCan, roleOf } from './policy.ts';
import type { Role } from './schema.ts';

/**
 * Gives a person another role, or switches their sign-in off or on; switching off ends their sessions. There is
 * always an owner left who can sign in: taking the last one away is a CONFLICT. Throws NOT_FOUND and FORBIDDEN.
 */
export async function changeUser(
  ctx: Ctx,
  input: { id: string; role?: Role; banned?: boolean; actor: Actor },
): Promise<void> {
  requireCan(input.actor, 'manage_settings');
  await ctx.store.transaction(async (tx) => {
    // first of all, so that two owners who demote each other at the same moment take turns
    const others = (await lockOwners(tx)).filter((owner) => owner.id !== input.id && !owner.banned);
    const user = await tx.prisma.user.findUnique({ where: { id: input.id } });
    if (user === null)
      throw new AppError('NOT_FOUND', 'This person is not here any more. Load the page again.');
    const before = { role: roleOf(user.role), banned: user.banned === true };
    const after = { role: input.role ?? before.role, banned: input.banned ?? before.banned };
    if (before.role === after.role && before.banned === after.banned) return;
    if (before.role === 'owner' && others.length === 0 && (after.role !== 'owner' || after.banned)) {
      throw new AppError(
        'CONFLICT',
        `${user.name} is the last owner who can sign in. Make somebody else an owner first.`,
      );
    }
    await tx.prisma.user.update({ where: { id: user.id }, data: { ...after, updatedAt: nowOf(ctx) } });
    if (after.banned) await tx.prisma.session.deleteMany({ where: { userId: user.id } });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'user_changed',
      subjectType: 'user',
      subjectId: user.id,
      detail: { before, after },
    });
  });
}

/** The owners; on PostgreSQL their rows stay locked until the transaction ends (SQLite has one writer anyway). */
const lockOwners = (tx: Conn): Promise<{ id: string; banned: unknown }[]> =>
  tx.query(
    `SELECT "id", "banned" FROM "User" WHERE "role" = 'owner' ORDER BY "id"${tx.dialect.name === 'postgres' ? ' FOR UPDATE' : ''}`,
  );
