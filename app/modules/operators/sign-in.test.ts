import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TEST_SECRET } from '../../../tests/factories/test-ctx.ts';
import {
  ANNA,
  cookieOf,
  form,
  makeSignInKit,
  PASSWORD,
  PUBLIC,
  page,
  type SignInKit,
} from '../../../tests/setup/sign-in-kit.ts';
import { countUsers, createAuth, requireUser, setUpFirstOwner } from './index.server.ts';

let t: SignInKit;
beforeEach(async () => {
  t = await makeSignInKit();
});
afterEach(() => t.close());

describe('signing in', () => {
  beforeEach(() => setUpFirstOwner(t.ctx, ANNA));

  test('sets a cookie that scripts and other sites cannot use, and the session carries on with it', async () => {
    const { headers } = await t.signIn('ANNA@example.com ', PASSWORD, '192.0.2.44');
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-leadline\.session_token=/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
    const session = await t.auth.sessionOf(page('/', cookieOf(headers)));
    expect(session?.user).toMatchObject({ name: 'Anna', email: 'anna@example.com', role: 'owner' });
    expect(await t.ctx.store.prisma.session.findMany()).toMatchObject([
      { id: session?.sessionId, ipAddress: '192.0.2.44', userAgent: 'Test/1' },
    ]);
    expect(await t.actions()).toEqual(['owner_set_up', 'signed_in']);
  });

  test('over plain http the cookie goes without Secure', async () => {
    const auth = createAuth({
      ctx: t.ctx,
      config: { publicUrl: 'http://127.0.0.1:3000', secret: TEST_SECRET },
    });
    const request = new Request('http://127.0.0.1:3000/login', { method: 'POST' });
    const { headers } = await auth.signIn(
      { email: ANNA.email, password: PASSWORD },
      { request, clientIp: null },
    );
    expect(headers.getSetCookie()[0]).toMatch(/^leadline\.session_token=/);
    expect(headers.getSetCookie()[0]).not.toContain('Secure');
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await t.signIn('anna@example.com', 'wrong horse battery').catch((error: unknown) => error);
    const unknown = await t.signIn('nobody@example.com', PASSWORD).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'AUTH_INVALID_KEY', message: (unknown as Error).message });
    expect(unknown).toMatchObject({ code: 'AUTH_INVALID_KEY' });
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
  });

  test('after ten failures for one person from one address the eleventh waits, even with the right password', async () => {
    t.ctx.clock.stopAt(Date.now());
    const tries = Array.from({ length: 10 }, () => t.signIn('anna@example.com', 'wrong horse battery'));
    for (const result of await Promise.allSettled(tries)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'AUTH_INVALID_KEY' } });
    }
    await expect(t.signIn('Anna@Example.com', PASSWORD)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 600,
    });
    // the same person from elsewhere is not locked out
    expect((await t.signIn('anna@example.com', PASSWORD, '192.0.2.2')).user.name).toBe('Anna');
    t.ctx.clock.advance(600_000);
    expect((await t.signIn('anna@example.com', PASSWORD)).user.name).toBe('Anna');
  });

  test('right sign-ins are not counted against anybody', async () => {
    for (let i = 0; i < 12; i++)
      expect((await t.signIn('anna@example.com', PASSWORD)).user.name).toBe('Anna');
  });

  test('a form from another site signs nobody in', async () => {
    const request = form('/login', { origin: 'https://evil.example' });
    const sent = t.auth.signIn({ email: ANNA.email, password: PASSWORD }, { request, clientIp: null });
    await expect(sent).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
  });

  test('signing out ends the session in the store, not only in the browser', async () => {
    const cookie = cookieOf((await t.signIn('anna@example.com', PASSWORD)).headers);
    const { headers } = await t.auth.signOut({ request: form('/logout', { cookie }), clientIp: null });
    expect(headers.getSetCookie().join()).toMatch(/session_token=;.*Max-Age=0/);
    expect(await t.auth.sessionOf(page('/', cookie))).toBeNull();
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
    expect(await t.actions()).toEqual(['owner_set_up', 'signed_in', 'signed_out']);
  });

  test('a cookie signed with another secret, altered, or out of date is nobody', async () => {
    const cookie = cookieOf((await t.signIn('anna@example.com', PASSWORD)).headers);
    const other = createAuth({ ctx: t.ctx, config: { publicUrl: PUBLIC, secret: `${TEST_SECRET} changed` } });
    expect(await other.sessionOf(page('/', cookie))).toBeNull();
    expect(await t.auth.sessionOf(page('/', cookie.replace('token=', 'token=x')))).toBeNull();
    await t.ctx.store.prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await t.auth.sessionOf(page('/', cookie))).toBeNull();
  });

  test('a store that cannot be read is an error, not a person signed out', async () => {
    const cookie = cookieOf((await t.signIn('anna@example.com', PASSWORD)).headers);
    await t.ctx.store.execute('DROP TABLE "Session"');
    await expect(t.auth.sessionOf(page('/', cookie))).rejects.toThrow();
  });
});

describe('/api/auth', () => {
  beforeEach(() => setUpFirstOwner(t.ctx, ANNA));
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    t.auth.handler(
      new Request(`${PUBLIC}/api/auth${path}`, {
        method: 'POST',
        headers: { origin: PUBLIC, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
      '192.0.2.1',
    );

  test('signs in, tells the session and signs out', async () => {
    const answer = await post('/sign-in/email', { email: ANNA.email, password: PASSWORD });
    const cookie = cookieOf(answer.headers);
    const told = await t.auth.handler(page('/api/auth/get-session', cookie));
    expect(await told.json()).toMatchObject({ user: { email: 'anna@example.com', role: 'owner' } });
    expect((await post('/sign-out', {}, { cookie })).status).toBe(200);
    expect(await (await t.auth.handler(page('/api/auth/get-session', cookie))).json()).toBeNull();
  });

  test.each(['/sign-up/email', '/admin/create-user', '/admin/set-role', '/update-user', '/change-password'])(
    '%s is closed: people change only through verbs that check and record',
    async (path) => {
      const answer = await post('/sign-in/email', { email: ANNA.email, password: PASSWORD });
      const cookie = cookieOf(answer.headers);
      const body = { name: 'Eve', email: 'eve@example.com', password: PASSWORD, role: 'owner' };
      await expect(post(path, body, { cookie })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await countUsers(t.ctx)).toBe(1);
    },
  );

  test('a body that is not JSON is refused as such', async () => {
    const request = new Request(`${PUBLIC}/api/auth/sign-in/email`, { method: 'POST', body: '{' });
    await expect(t.auth.handler(request)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});

describe('requireUser', () => {
  const context = () => ({ ctx: t.ctx, auth: t.auth, clientIp: '192.0.2.1' });
  const thrown = async (request: Request) => {
    const answer = await requireUser(request, context()).catch((error: unknown) => error);
    return (answer as Response).headers.get('location');
  };

  test('sends strangers to /setup while there is nobody, then to /login with the way back', async () => {
    expect(await thrown(page('/leads'))).toBe('/setup');
    await setUpFirstOwner(t.ctx, ANNA);
    expect(await thrown(page('/leads?due=72h'))).toBe('/login?next=%2Fleads%3Fdue%3D72h');
  });

  test('answers who is signed in, as an actor too', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    const cookie = cookieOf((await t.signIn('anna@example.com', PASSWORD)).headers);
    const { user, actor } = await requireUser(page('/leads', cookie), context());
    expect(user.email).toBe('anna@example.com');
    expect(actor).toEqual({ type: 'user', id: user.id, name: 'Anna', role: 'owner', ip: '192.0.2.1' });
  });
});
