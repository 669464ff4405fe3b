import { randomBytes } from 'node:crypto';
import { createApiKey, createUser, setPassword } from '#app/modules/operators/index.server.ts';
import { ROLES, type Role, SCOPES, type Scope } from '#app/modules/operators/schema.ts';
import { withCtx } from './admin-context.ts';
import { ADMIN, type Flags, need, type Run, UsageError } from './admin-io.ts';

/** The password given, or one of 20 characters made here; only the latter is printed. */
function passwordFrom(flags: Flags): { password: string; made: boolean } {
  if (flags.password !== undefined) return { password: flags.password, made: false };
  return { password: randomBytes(15).toString('base64url'), made: true };
}

function roleFrom(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new UsageError(`--role ${text} is none of ${ROLES.join(', ')}`);
  return role;
}

function scopesFrom(text: string): Scope[] {
  return text.split(',').map((word) => {
    const scope = SCOPES.find((known) => known === word.trim());
    if (scope === undefined) throw new UsageError(`--scopes: "${word}" is none of ${SCOPES.join(', ')}`);
    return scope;
  });
}

/** create-user: makes somebody who can sign in. */
export const runCreateUser: Run = ({ io, flags, ...call }) => {
  const email = need(flags, 'email');
  const role = roleFrom(need(flags, 'role'));
  const { password, made } = passwordFrom(flags);
  return withCtx({ io, ...call }, async (ctx) => {
    const person = await createUser(ctx, { email, role, password, name: flags.name, actor: ADMIN });
    io.out(
      `Made ${person.name} <${person.email}>, role ${person.role}. Sign in at ${call.config.publicUrl}/login`,
    );
    if (made) printOnce(io, 'The password, shown this once:', password);
    return 0;
  });
};

/** reset-password: sets another password and signs that person out everywhere. */
export const runResetPassword: Run = ({ io, flags, ...call }) => {
  const email = need(flags, 'email');
  const { password, made } = passwordFrom(flags);
  return withCtx({ io, ...call }, async (ctx) => {
    const { sessionsEnded } = await setPassword(ctx, { email, password, actor: ADMIN });
    io.out(`Set a new password for ${email} and ended ${sessionsEnded} of their sessions.`);
    if (made) printOnce(io, 'The password, shown this once:', password);
    return 0;
  });
};

/** create-api-key: the key stands alone on the last line. */
export const runCreateApiKey: Run = ({ io, flags, ...call }) => {
  const name = need(flags, 'name');
  const scopes = scopesFrom(need(flags, 'scopes'));
  return withCtx({ io, ...call }, async (ctx) => {
    const { key, item } = await createApiKey(ctx, { name, scopes, actor: ADMIN });
    io.out(`Made the API key "${item.name}" (${item.id}) with ${item.scopes.join(', ')}.`);
    printOnce(io, 'The key, shown this once:', key);
    return 0;
  });
};

function printOnce(io: { out(line: string): void }, intro: string, secret: string): void {
  io.out(intro);
  io.out(secret);
}
