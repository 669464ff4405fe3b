import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { makeTestCtx, TEST_SECRET, type TestCtx } from '../../../tests/factories/test-ctx.ts';
import {
  type Auth,
  changeUser,
  countUsers,
  createAuth,
  createUser,
  listUsers,
  requireUser,
  setPassword,
  setUpFirstOwner,
  setupNeeded,
} from './index.server.ts';

const PUBLIC = 'https://leadline.example.com';
const PASSWORD = 'correct horse battery';
const ANNA = { name: 'Anna', email: 'Anna@Example.com', password: PASSWORD };

let t: TestCtx;
let auth: Auth;
beforeEach(async () => {
  t = await makeTestCtx();
  auth = createAuth({ ctx: t.ctx, config: { publicUrl: PUBLIC, secret: TEST_SECRET } });
});
afterEach(() => t.close());

/** A form sent by a browser that is on the site. */
const form = (path: string, headers: Record<string, string> = {}) =>
  new Request(`${PUBLIC}${path}`, {
    method: 'POST',
    headers: { origin: PUBLIC, 'user-agent': 'Test/1', ...headers },
  });
const signIn = (email: string, password: string, clientIp = '192.0.2.1') =>
  auth.signIn({ email, password }, { request: form('/login'), clientIp });
/** The cookies of an answer, as the browser sends them back. */
const cookieOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
const page = (path: string, cookie?: string) =>
  new Request(`${PUBLIC}${path}`, { headers: cookie ? { cookie } : {} });
const actions = async () => (await listAudit(t.ctx)).items.map((item) => item.action).toReversed();

describe('first-run set-up', () => {
  test('makes one owner, who can sign in, and is over', async () => {
    expect(await setupNeeded(t.ctx)).toBe(true);
    const owner = await setUpFirstOwner(t.ctx, { ...ANNA, ip: '192.0.2.9' });
    expect(owner).toMatchObject({ name: 'Anna', email: 'anna@example.com', role: 'owner' });
    expect([await setupNeeded(t.ctx), await countUsers(t.ctx)]).toEqual([false, 1]);
    await expect(setUpFirstOwner(t.ctx, { ...ANNA, email: 'b@example.com' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await signIn('anna@example.com', PASSWORD)).user).toMatchObject({ id: owner.id, role: 'owner' });
    const { items } = await listAudit(t.ctx, { subjectType: 'user', subjectId: owner.id });
    expect(items.at(-1)).toMatchObject({ action: 'owner_set_up', actorName: 'Anna', ip: '192.0.2.9' });
  });

  test('of many at the same moment exactly one succeeds', async () => {
    const tries = Array.from({ length: 5 }, (_, i) =>
      setUpFirstOwner(t.ctx, { ...ANNA, email: `p${i}@example.com` }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
    }
    expect(await countUsers(t.ctx)).toBe(1);
    expect(await actions()).toEqual(['owner_set_up']);
  });

  test('a short password or a wrong address is refused with the field at fault', async () => {
    await expect(
      setUpFirstOwner(t.ctx, { ...ANNA, email: 'anna', password: 'too short' }),
    ).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [
        { path: 'email', message: 'Enter an email address, e.g. anna@example.com' },
        { path: 'password', message: expect.stringContaining('at least 10 characters') },
      ],
    });
    expect(await countUsers(t.ctx)).toBe(0);
  });
});

describe('signing in', () => {
  beforeEach(() => setUpFirstOwner(t.ctx, ANNA));

  test('sets a cookie that scripts and other sites cannot use, and the session carries on with it', async () => {
    const { headers } = await signIn('ANNA@example.com ', PASSWORD, '192.0.2.44');
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-leadline\.session_token=/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
    const session = await auth.sessionOf(page('/', cookieOf(headers)));
    expect(session?.user).toMatchObject({ name: 'Anna', email: 'anna@example.com', role: 'owner' });
    expect(await t.ctx.store.prisma.session.findMany()).toMatchObject([
      { id: session?.sessionId, ipAddress: '192.0.2.44', userAgent: 'Test/1' },
    ]);
    expect(await actions()).toEqual(['owner_set_up', 'signed_in']);
  });

  test('over plain http the cookie goes without Secure', async () => {
    auth = createAuth({ ctx: t.ctx, config: { publicUrl: 'http://127.0.0.1:3000', secret: TEST_SECRET } });
    const request = new Request('http://127.0.0.1:3000/login', { method: 'POST' });
    const { headers } = await auth.signIn(
      { email: ANNA.email, password: PASSWORD },
      { request, clientIp: null },
    );
    expect(headers.getSetCookie()[0]).toMatch(/^leadline\.session_token=/);
    expect(headers.getSetCookie()[0]).not.toContain('Secure');
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await signIn('anna@example.com', 'wrong horse battery').catch((error: unknown) => error);
    const unknown = await signIn('nobody@example.com', PASSWORD).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'AUTH_INVALID_KEY', message: (unknown as Error).message });
    expect(unknown).toMatchObject({ code: 'AUTH_INVALID_KEY' });
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
  });

  test('after ten failures for one person from one address the eleventh waits, even with the right password', async () => {
    t.ctx.clock.stopAt(Date.now());
    const tries = Array.from({ length: 10 }, () => signIn('anna@example.com', 'wrong horse battery'));
    for (const result of await Promise.allSettled(tries)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'AUTH_INVALID_KEY' } });
    }
    await expect(signIn('Anna@Example.com', PASSWORD)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 600,
    });
    // the same person from elsewhere is not locked out
    expect((await signIn('anna@example.com', PASSWORD, '192.0.2.2')).user.name).toBe('Anna');
    t.ctx.clock.advance(600_000);
    expect((await signIn('anna@example.com', PASSWORD)).user.name).toBe('Anna');
  });

  test('right sign-ins are not counted against anybody', async () => {
    for (let i = 0; i < 12; i++) expect((await signIn('anna@example.com', PASSWORD)).user.name).toBe('Anna');
  });

  test('a form from another site signs nobody in', async () => {
    const request = form('/login', { origin: 'https://evil.example' });
    const sent = auth.signIn({ email: ANNA.email, password: PASSWORD }, { request, clientIp: null });
    await expect(sent).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
  });

  test('signing out ends the session in the store, not only in the browser', async () => {
    const cookie = cookieOf((await signIn('anna@example.com', PASSWORD)).headers);
    const { headers } = await auth.signOut({ request: form('/logout', { cookie }), clientIp: null });
    expect(headers.getSetCookie().join()).toMatch(/session_token=;.*Max-Age=0/);
    expect(await auth.sessionOf(page('/', cookie))).toBeNull();
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
    expect(await actions()).toEqual(['owner_set_up', 'signed_in', 'signed_out']);
  });

  test('a cookie signed with another secret, altered, or out of date is nobody', async () => {
    const cookie = cookieOf((await signIn('anna@example.com', PASSWORD)).headers);
    const other = createAuth({ ctx: t.ctx, config: { publicUrl: PUBLIC, secret: `${TEST_SECRET} changed` } });
    expect(await other.sessionOf(page('/', cookie))).toBeNull();
    expect(await auth.sessionOf(page('/', cookie.replace('token=', 'token=x')))).toBeNull();
    await t.ctx.store.prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await auth.sessionOf(page('/', cookie))).toBeNull();
  });

  test('a store that cannot be read is an error, not a person signed out', async () => {
    const cookie = cookieOf((await signIn('anna@example.com', PASSWORD)).headers);
    await t.ctx.store.execute('DROP TABLE "Session"');
    await expect(auth.sessionOf(page('/', cookie))).rejects.toThrow();
  });
});

describe('/api/auth', () => {
  beforeEach(() => setUpFirstOwner(t.ctx, ANNA));
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    auth.handler(
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
    const told = await auth.handler(page('/api/auth/get-session', cookie));
    expect(await told.json()).toMatchObject({ user: { email: 'anna@example.com', role: 'owner' } });
    expect((await post('/sign-out', {}, { cookie })).status).toBe(200);
    expect(await (await auth.handler(page('/api/auth/get-session', cookie))).json()).toBeNull();
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
    await expect(auth.handler(request)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});

describe('people', () => {
  test('only who may manage settings makes people, each address once', async () => {
    const input = { email: 'ben@example.com', password: PASSWORD, role: 'ops' as const };
    await expect(createUser(t.ctx, { ...input, actor: { ...SYSTEM, role: 'ops' } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await createUser(t.ctx, { ...input, actor: SYSTEM })).toMatchObject({ name: 'ben', role: 'ops' });
    await expect(
      createUser(t.ctx, { ...input, email: 'BEN@example.com', actor: SYSTEM }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [{ path: 'email' }],
    });
    expect(await listUsers(t.ctx)).toMatchObject([{ email: 'ben@example.com', role: 'ops', banned: false }]);
    expect(await actions()).toEqual(['user_created']);
    expect((await signIn('ben@example.com', PASSWORD)).user.role).toBe('ops');
  });

  test('a new password ends every session; the old one no longer works', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    const cookie = cookieOf((await signIn('anna@example.com', PASSWORD)).headers);
    const changed = await setPassword(t.ctx, {
      email: 'anna@example.com',
      password: 'another horse battery',
      actor: SYSTEM,
    });
    expect(changed.sessionsEnded).toBe(1);
    expect(await auth.sessionOf(page('/', cookie))).toBeNull();
    await expect(signIn('anna@example.com', PASSWORD)).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
    expect((await signIn('anna@example.com', 'another horse battery')).user.name).toBe('Anna');
    const unknown = setPassword(t.ctx, { email: 'x@example.com', password: PASSWORD, actor: SYSTEM });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('somebody switched off is signed out and told so at the next sign-in', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    const ben = await createUser(t.ctx, {
      email: 'ben@example.com',
      password: PASSWORD,
      role: 'ops',
      actor: SYSTEM,
    });
    const cookie = cookieOf((await signIn('ben@example.com', PASSWORD)).headers);
    await changeUser(t.ctx, { id: ben.id, banned: true, actor: SYSTEM });
    expect(await auth.sessionOf(page('/', cookie))).toBeNull();
    await expect(signIn('ben@example.com', PASSWORD)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('switched off'),
    });
    await changeUser(t.ctx, { id: ben.id, banned: false, actor: SYSTEM });
    expect((await signIn('ben@example.com', PASSWORD)).user.name).toBe('ben');
  });

  test('two owners who demote each other at once leave one owner', async () => {
    const anna = await setUpFirstOwner(t.ctx, ANNA);
    const ben = await createUser(t.ctx, {
      email: 'ben@example.com',
      password: PASSWORD,
      role: 'owner',
      actor: SYSTEM,
    });
    for (let round = 0; round < 8; round++) {
      const demote = (id: string) => changeUser(t.ctx, { id, role: 'viewer', actor: SYSTEM });
      const results = await Promise.allSettled([demote(ben.id), demote(anna.id)]);
      expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = results.find((result) => result.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'CONFLICT' });
      const people = await listUsers(t.ctx);
      expect(people.filter((person) => person.role === 'owner')).toHaveLength(1);
      for (const { id } of people) await changeUser(t.ctx, { id, role: 'owner', actor: SYSTEM });
    }
  });
});

describe('requireUser', () => {
  const context = () => ({ ctx: t.ctx, auth, clientIp: '192.0.2.1' });
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
    const cookie = cookieOf((await signIn('anna@example.com', PASSWORD)).headers);
    const { user, actor } = await requireUser(page('/leads', cookie), context());
    expect(user.email).toBe('anna@example.com');
    expect(actor).toEqual({ type: 'user', id: user.id, name: 'Anna', role: 'owner', ip: '192.0.2.1' });
  });
});
