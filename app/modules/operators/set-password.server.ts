import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { passwordHash } from './better-auth.server.ts';
import { refusedInput, requireCan } from './policy.ts';
import { emailSchema, newPasswordSchema } from './schema.ts';

/**
 * Sets a new password and ends all of that person's sessions. People may set their own; others' needs
 * manage_settings. Answers the number of sessions ended. Throws VALIDATION_ERROR, NOT_FOUND or FORBIDDEN.
 */
export async function setPassword(
  ctx: Ctx,
  input: { email: string; password: string; actor: Actor },
): Promise<{ userId: string; sessionsEnded: number }> {
  const password = newPasswordSchema.safeParse(input.password);
  if (!password.success) throw refusedInput(password.error.issues.map((i) => ({ ...i, path: ['password'] })));
  const email = emailSchema.safeParse(input.email);
  if (!email.success) throw refusedInput(email.error.issues.map((i) => ({ ...i, path: ['email'] })));
  const user = await ctx.store.prisma.user.findUnique({ where: { email: email.data } });
  if (user === null || user.id !== input.actor.id) requireCan(input.actor, 'manage_settings');
  if (user === null) {
    throw new AppError(
      'NOT_FOUND',
      `Nobody signs in as ${email.data}. Check the address, or make this person with create-user.`,
    );
  }
  const hash = await passwordHash(password.data);
  return ctx.store.transaction(async (tx) => {
    const stamps = { updatedAt: nowOf(ctx) };
    const where = { userId: user.id, providerId: 'credential' };
    const { count } = await tx.prisma.loginAccount.updateMany({ where, data: { password: hash, ...stamps } });
    if (count === 0) {
      await tx.prisma.loginAccount.create({
        data: {
          id: ctx.newId('lgn'),
          accountId: user.id,
          ...where,
          password: hash,
          createdAt: nowOf(ctx),
          ...stamps,
        },
      });
    }
    const ended = await tx.prisma.session.deleteMany({ where: { userId: user.id } });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'password_set',
      subjectType: 'user',
      subjectId: user.id,
      detail: { email: user.email, sessionsEnded: ended.count },
    });
    return { userId: user.id, sessionsEnded: ended.count };
  });
}
