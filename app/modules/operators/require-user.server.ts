import { redirect } from '@remix-run/node';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { type Auth, actorOf, type SignedIn } from './auth.server.ts';
import { loginPath } from './next-path.ts';
import { setupNeeded } from './set-up-first-owner.server.ts';

/** The part of the load context that this needs. */
export interface AuthContext {
  ctx: Ctx;
  auth: Auth;
  clientIp: string | null;
}

/**
 * The person who is signed in, for a page's loader or action. Throws a redirect to /login (which leads back to the
 * page asked for), or to /setup while there is nobody yet.
 */
export async function requireUser(
  request: Request,
  context: AuthContext,
): Promise<{ user: SignedIn['user']; actor: Actor }> {
  const session = await context.auth.sessionOf(request);
  if (session) return { user: session.user, actor: actorOf(session.user, context.clientIp) };
  throw redirect((await setupNeeded(context.ctx)) ? '/setup' : loginPath(request));
}
