import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { passwordHash } from './better-auth.server.ts';
import { insertUser, type Person } from './insert-user.server.ts';
import { refusedInput } from './policy.ts';
import { type SetUpInput, setUpSchema } from './schema.ts';

/** How many people can sign in here, switched off or not. */
export const countUsers = (ctx: Pick<Ctx, 'store'>): Promise<number> => ctx.store.prisma.user.count();

/** True while there is nobody yet: then, and only then, the page /setup makes the first owner. */
export const setupNeeded = async (ctx: Pick<Ctx, 'store'>): Promise<boolean> =>
  (await ctx.store.prisma.user.findFirst({ select: { id: true } })) === null;

/**
 * Makes the first person, an owner. Of several at the same moment exactly one succeeds; the others get CONFLICT,
 * as does everybody later. Throws VALIDATION_ERROR with a path for each field at fault.
 */
export async function setUpFirstOwner(ctx: Ctx, input: SetUpInput & { ip?: string | null }): Promise<Person> {
  const parsed = setUpSchema.safeParse(input);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  if (!(await setupNeeded(ctx))) throw alreadySetUp();
  const { name, email, password } = parsed.data;
  const hash = await passwordHash(password);
  return ctx.store.transaction(async (tx) => {
    // whoever comes second waits on this row until the first has committed, and then sees their person
    const { dialect } = tx;
    await tx.execute(
      `INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ('first_run', 'begun', ${dialect.p(1)})
       ON CONFLICT ("key") DO UPDATE SET "updatedAt" = excluded."updatedAt"`,
      dialect.time(nowOf(ctx)),
    );
    if ((await tx.prisma.user.count()) > 0) throw alreadySetUp();
    const person = await insertUser(tx, ctx, { name, email, role: 'owner', passwordHash: hash });
    await recordAudit(tx, ctx, {
      actor: { type: 'user', id: person.id, name, role: 'owner', ip: input.ip ?? null },
      action: 'owner_set_up',
      subjectType: 'user',
      subjectId: person.id,
      detail: { name, email },
    });
    return person;
  });
}

const alreadySetUp = (): AppError =>
  new AppError('CONFLICT', 'This Leadline is already set up. Sign in, or ask an owner to add you.');
