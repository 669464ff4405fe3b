import { recordAudit } from '#app/modules/audit/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { passwordHash } from './better-auth.server.ts';
import { insertUser, type Person } from './insert-user.server.ts';
import { refusedInput, requireCan } from './policy.ts';
import { type CreateUserInput, createUserSchema } from './schema.ts';

/** Makes a person who can sign in. Throws FORBIDDEN, VALIDATION_ERROR, or CONFLICT when the address is taken. */
export async function createUser(ctx: Ctx, input: CreateUserInput & { actor: Actor }): Promise<Person> {
  requireCan(input.actor, 'manage_settings');
  const parsed = createUserSchema.safeParse(input);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const { email, role, password } = parsed.data;
  const name = parsed.data.name ?? email.slice(0, email.indexOf('@'));
  const hash = await passwordHash(password);
  return ctx.store.transaction(async (tx) => {
    const person = await insertUser(tx, ctx, { name, email, role, passwordHash: hash });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'user_created',
      subjectType: 'user',
      subjectId: person.id,
      detail: { name, email, role },
    });
    return person;
  });
}
