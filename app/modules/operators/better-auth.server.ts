import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { hashPassword } from 'better-auth/crypto';
import { admin } from 'better-auth/plugins/admin';
import { adminAc, userAc } from 'better-auth/plugins/admin/access';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Config } from '#app/platform/env.server.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from './schema.ts';

/** Hashes a password with better-auth's own scrypt, as a sign-in will check it. Takes some 100 ms of a thread. */
export const passwordHash = (password: string): Promise<string> => hashPassword(password);

/** Carries the visitor's address to better-auth; set here only, never taken from outside. */
export const IP_HEADER = 'x-leadline-client-ip';

/** Days until one has to sign in again, counted from the sign-in. */
const SESSION_DAYS = 7;

const PREFIX: Record<string, string> = { user: 'usr', session: 'ses', account: 'lgn', verification: 'ver' };

/** better-auth, fitted to this store. Times in it are real times: it asks the system's clock itself. */
export function createBetterAuth(ctx: Ctx, config: Pick<Config, 'publicUrl' | 'secret'>) {
  const { store, log, newId } = ctx;
  return betterAuth({
    appName: 'Leadline',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    trustedOrigins: [new URL(config.publicUrl).origin],
    telemetry: { enabled: false },
    database: prismaAdapter(store.prisma, {
      provider: store.dialect.name === 'postgres' ? 'postgresql' : 'sqlite',
    }),
    account: { modelName: 'loginAccount' },
    // people are made by first-run set-up and by owners, see create-user and set-up-first-owner
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    // not moved on by use: that would need a cookie in answers that only look
    session: { expiresIn: SESSION_DAYS * 86_400, disableSessionRefresh: true },
    plugins: [
      admin({
        defaultRole: 'viewer',
        adminRoles: ['owner'],
        roles: { owner: adminAc, ops: userAc, finance: userAc, viewer: userAc },
        bannedUserMessage:
          'This sign-in is switched off. Ask an owner of this Leadline to switch it on again.',
      }),
    ],
    rateLimit: { enabled: true, window: 10, max: 100, customRules: { '/get-session': false } },
    advanced: {
      cookiePrefix: 'leadline',
      useSecureCookies: config.publicUrl.startsWith('https://'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      // better-auth would drop this check where NODE_ENV is "test"
      disableOriginCheck: false,
      database: { generateId: ({ model }) => newId(PREFIX[model] ?? 'aut') },
    },
    logger: {
      level: 'warn',
      log: (level, message) =>
        level === 'error' ? log.error({ from: 'sign-in' }, message) : log.info({ from: 'sign-in' }, message),
    },
  });
}
