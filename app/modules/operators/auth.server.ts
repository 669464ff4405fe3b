import { recordAudit } from '#app/modules/audit/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import type { Config } from '#app/platform/env.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { createThrottle } from '#app/platform/throttle.ts';
import { createBetterAuth, IP_HEADER } from './better-auth.server.ts';
import { refusedInput, roleOf } from './policy.ts';
import { requireSameOrigin } from './same-origin.ts';
import { type Role, type SignInInput, signInSchema } from './schema.ts';
import { signInError, tooManyTries } from './sign-in-errors.server.ts';

/** Someone who is signed in. */
export interface SignedIn {
  user: { id: string; name: string; email: string; role: Role };
  sessionId: string;
}

/** What came in and from where; `clientIp` is the visitor's address as the server determined it. */
export interface From {
  request: Request;
  clientIp: string | null;
}

export interface Auth {
  /** Answers /api/auth/*: `POST sign-in/email`, `POST sign-out`, `GET get-session`; anything else is NOT_FOUND. */
  handler(request: Request, clientIp?: string | null): Promise<Response>;
  /** Who is signed in, or null. Throws when the store cannot say. */
  sessionOf(source: Request | Headers): Promise<SignedIn | null>;
  /**
   * Signs in; answers headers with the cookies to set. Throws VALIDATION_ERROR, AUTH_INVALID_KEY (email or password
   * wrong, without saying which), FORBIDDEN (switched off, or sent from another site) or RATE_LIMITED.
   */
  signIn(input: SignInInput, from: From): Promise<{ headers: Headers; user: SignedIn['user'] }>;
  /** Ends the session, if there is one; answers headers that clear its cookies. */
  signOut(from: From): Promise<{ headers: Headers }>;
}

const WINDOW_MS = 10 * 60_000;

/** People's sign-in over better-auth: sessions in the store, cookies signed with the installation's secret. */
export function createAuth(options: { ctx: Ctx; config: Pick<Config, 'publicUrl' | 'secret'> }): Auth {
  const { ctx, config } = options;
  const inner = createBetterAuth(ctx, config);
  const throttle = (max: number) => createThrottle({ clock: ctx.clock, max, windowMs: WINDOW_MS });
  const perBoth = throttle(10);
  // wider, so that a stranger neither locks a person out nor, behind a proxy, everybody
  const perPerson = throttle(50);
  const perAddress = throttle(100);

  const sessionOf: Auth['sessionOf'] = async (source) => {
    const headers = source instanceof Headers ? source : source.headers;
    if (!headers.get('cookie')?.includes('leadline.session_token')) return null;
    const found = await inner.api.getSession({ headers });
    if (!found || found.user.banned) return null;
    const { id, name, email, role } = found.user;
    return { user: { id, name, email, role: roleOf(role) }, sessionId: found.session.id };
  };

  const signIn: Auth['signIn'] = async (input, from) => {
    requireSameOrigin(from.request, config.publicUrl);
    const parsed = signInSchema.safeParse(input);
    if (!parsed.success) throw refusedInput(parsed.error.issues);
    const { email, password } = parsed.data;
    const address = from.clientIp ?? 'unknown';
    const both = `${address} ${email}`;
    const wait = perBoth.take(both) || perPerson.take(email) || perAddress.take(address);
    if (wait > 0) throw tooManyTries(wait);
    const answer = await inner.api
      .signInEmail({ body: { email, password }, headers: visitor(from), returnHeaders: true })
      .catch((error: unknown) => {
        throw signInError(error);
      });
    perBoth.clear(both);
    perPerson.clear(email);
    perAddress.giveBack(address);
    const row = await ctx.store.prisma.user.findUniqueOrThrow({ where: { email } });
    const user = { id: row.id, name: row.name, email: row.email, role: roleOf(row.role) };
    await recordAudit(ctx.store, ctx, {
      actor: actorOf(user, from.clientIp),
      action: 'signed_in',
      subjectType: 'user',
      subjectId: user.id,
    });
    return { headers: cookiesOf(answer.headers), user };
  };

  const signOut: Auth['signOut'] = async (from) => {
    requireSameOrigin(from.request, config.publicUrl);
    const session = await sessionOf(from.request);
    if (session) {
      // better-auth only logs it when the row cannot be deleted; here that is an error
      await ctx.store.transaction(async (tx) => {
        await tx.prisma.session.deleteMany({ where: { id: session.sessionId } });
        const actor = actorOf(session.user, from.clientIp);
        await recordAudit(tx, ctx, {
          actor,
          action: 'signed_out',
          subjectType: 'user',
          subjectId: session.user.id,
        });
      });
    }
    const answer = await inner.api.signOut({ headers: from.request.headers, returnHeaders: true });
    return { headers: cookiesOf(answer.headers) };
  };

  const handler: Auth['handler'] = async (request, clientIp = null) => {
    const route = `${request.method} ${new URL(request.url).pathname.replace(/^\/api\/auth/, '')}`;
    if (route === 'GET /get-session') return inner.handler(request);
    if (route === 'POST /sign-out') {
      const { headers } = await signOut({ request, clientIp });
      return Response.json({ success: true }, { headers });
    }
    if (route === 'POST /sign-in/email') {
      const body = (await jsonOf(request)) as SignInInput;
      const { headers, user } = await signIn(body, { request, clientIp });
      return Response.json({ success: true, data: { user } }, { headers });
    }
    throw new AppError(
      'NOT_FOUND',
      'There is no such address. People are managed in Settings and with "npm run admin".',
    );
  };

  return { handler, sessionOf, signIn, signOut };
}

/** The person as an actor, for checks and the audit. */
export const actorOf = (user: SignedIn['user'], ip: string | null): Actor => ({
  type: 'user',
  id: user.id,
  name: user.name,
  role: user.role,
  ip,
});

/** Only what the session row keeps about the visitor. */
function visitor({ request, clientIp }: From): Headers {
  const headers = new Headers();
  const agent = request.headers.get('user-agent');
  if (agent) headers.set('user-agent', agent.slice(0, 500));
  if (clientIp) headers.set(IP_HEADER, clientIp);
  return headers;
}

function cookiesOf(from: Headers): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const cookie of from.getSetCookie()) headers.append('set-cookie', cookie);
  return headers;
}

/** The body of a request. Throws VALIDATION_ERROR when it is not JSON. */
async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', 'The body is not JSON: send {"email", "password"}.', { cause });
  }
}
