import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { Role } from './schema.ts';

/** A person as shown in lists. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Switched off: cannot sign in. */
  banned: boolean;
  /** UTC, ISO 8601. */
  createdAt: string;
}

/**
 * Writes a person and the password they sign in with, in the shape better-auth reads. Within a transaction; hash
 * the password before it begins. Throws CONFLICT when the address is taken.
 */
export async function insertUser(
  tx: Conn,
  ctx: Pick<Ctx, 'clock' | 'newId'>,
  input: { name: string; email: string; role: Role; passwordHash: string },
): Promise<Person> {
  const { name, email, role } = input;
  const id = ctx.newId('usr');
  const now = nowOf(ctx);
  const stamps = { createdAt: now, updatedAt: now };
  try {
    await tx.prisma.user.create({ data: { id, name, email, role, emailVerified: true, ...stamps } });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    throw new AppError(
      'CONFLICT',
      `Somebody already signs in as ${email}. Use another address, or set a new password for this one.`,
      {
        details: [{ path: 'email', message: 'This address is taken' }],
        cause: error,
      },
    );
  }
  await tx.prisma.loginAccount.create({
    data: {
      id: ctx.newId('lgn'),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: input.passwordHash,
      ...stamps,
    },
  });
  return { id, name, email, role, banned: false, createdAt: now.toISOString() };
}
