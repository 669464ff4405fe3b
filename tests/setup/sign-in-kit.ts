import { listAudit } from '#app/modules/audit/index.server.ts';
import { type Auth, createAuth } from '#app/modules/operators/index.server.ts';
import { makeTestCtx, TEST_SECRET, type TestCtx } from '../factories/test-ctx.ts';

export const PUBLIC = 'https://leadline.example.com';
export const PASSWORD = 'correct horse battery';
export const ANNA = { name: 'Anna', email: 'Anna@Example.com', password: PASSWORD };

/** A store to which nobody belongs yet, and its sign-in. */
export interface SignInKit extends TestCtx {
  auth: Auth;
  signIn(email: string, password: string, clientIp?: string): ReturnType<Auth['signIn']>;
  /** Actions on the audit, oldest first. */
  actions(): Promise<string[]>;
}

export async function makeSignInKit(): Promise<SignInKit> {
  const t = await makeTestCtx();
  const auth = createAuth({ ctx: t.ctx, config: { publicUrl: PUBLIC, secret: TEST_SECRET } });
  return {
    ...t,
    auth,
    signIn: (email, password, clientIp = '192.0.2.1') =>
      auth.signIn({ email, password }, { request: form('/login'), clientIp }),
    actions: async () => (await listAudit(t.ctx)).items.map((item) => item.action).toReversed(),
  };
}

/** A form sent by a browser that is on the site. */
export const form = (path: string, headers: Record<string, string> = {}): Request =>
  new Request(`${PUBLIC}${path}`, {
    method: 'POST',
    headers: { origin: PUBLIC, 'user-agent': 'Test/1', ...headers },
  });

/** The cookies of an answer, as the browser sends them back. */
export const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** A page that a browser asks for. */
export const page = (path: string, cookie?: string): Request =>
  new Request(`${PUBLIC}${path}`, { headers: cookie ? { cookie } : {} });
