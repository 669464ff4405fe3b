import type { AppLoadContext } from '@remix-run/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countUsers, createAuth, setUpFirstOwner } from '#app/modules/operators/index.server.ts';
import { action as logOut, loader as logoutPage } from '#app/routes/logout/route.tsx';
import { action as setUp, loader as setupPage } from '#app/routes/setup/route.tsx';
import { makeTestCtx, TEST_SECRET, type TestCtx } from '../../../tests/factories/test-ctx.ts';
import { action as logIn, loader as loginPage } from './route.tsx';

const SITE = 'http://127.0.0.1:3000';
const PASSWORD = 'correct horse battery';
const ANNA = { name: 'Anna', email: 'anna@example.com', password: PASSWORD };

let t: TestCtx;
let context: AppLoadContext;
beforeEach(async () => {
  t = await makeTestCtx();
  const config = { publicUrl: SITE, secret: TEST_SECRET };
  const parts = {
    ctx: t.ctx,
    config,
    auth: createAuth({ ctx: t.ctx, config }),
    clientIp: '192.0.2.1',
  };
  // the pages use no more of the running program than this
  context = parts as unknown as AppLoadContext;
});
afterEach(() => t.close());

const args = (path: string, init: RequestInit = {}) => ({
  request: new Request(SITE + path, init),
  params: {},
  context,
});
const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  args(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: SITE, ...headers } });

interface Shown {
  status: number;
  location: string | null;
  cookie: string;
  retryAfter: string | null;
  /** What the page is given back, as text. */
  page: string;
}
/** What the browser gets of an answer, returned or thrown. */
async function shown(answer: Promise<unknown> | unknown): Promise<Shown> {
  const got = await Promise.resolve(answer).catch((error: unknown) => error);
  const { init, data } = (got ?? {}) as { init?: ResponseInit; data?: unknown };
  const response =
    got instanceof Response ? got : new Response(null, { ...(init ?? {}), status: init?.status ?? 200 });
  return {
    status: response.status,
    location: response.headers.get('location'),
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
    retryAfter: response.headers.get('retry-after'),
    page: JSON.stringify(data ?? null),
  };
}
const signedIn = async () => (await shown(logIn(form('/login', ANNA)))).cookie;

describe('/setup', () => {
  test('makes the owner, signs them in and is gone', async () => {
    expect(await shown(setupPage(args('/setup')))).toMatchObject({ status: 200 });
    const answer = await shown(setUp(form('/setup', ANNA)));
    expect(answer).toMatchObject({ status: 302, location: '/' });
    const session = await context.auth.sessionOf(args('/', { headers: { cookie: answer.cookie } }).request);
    expect(session?.user).toMatchObject({ email: 'anna@example.com', role: 'owner' });
    expect(await shown(setupPage(args('/setup')))).toMatchObject({ status: 404 });
    expect(await shown(setUp(form('/setup', { ...ANNA, email: 'eve@example.com' })))).toMatchObject({
      status: 404,
    });
    expect(await countUsers(t.ctx)).toBe(1);
  });

  test('of two sent at the same moment one becomes the owner and the other is led to sign in', async () => {
    const both = await Promise.all([
      shown(setUp(form('/setup', ANNA))),
      shown(setUp(form('/setup', { ...ANNA, email: 'ben@example.com' }))),
    ]);
    expect(both.map((answer) => answer.location).toSorted()).toEqual(['/', '/login']);
    expect(await countUsers(t.ctx)).toBe(1);
  });

  test('says what is wrong by field, and never sends the password back', async () => {
    const answer = await shown(setUp(form('/setup', { name: '', email: 'anna', password: 'short one' })));
    expect(answer.status).toBe(422);
    for (const text of ['Enter a name', 'Enter an email address, e.g.', 'Use at least 10 characters']) {
      expect(answer.page).toContain(text);
    }
    expect(answer.page).not.toContain('short one');
  });

  test('a form from another site makes no owner', async () => {
    const answer = await shown(setUp(form('/setup', ANNA, { origin: 'https://evil.example' })));
    expect(answer).toMatchObject({ status: 403, page: expect.stringContaining('sent from another address') });
    expect(await countUsers(t.ctx)).toBe(0);
  });
});

describe('/login', () => {
  test('leads to /setup while there is nobody', async () => {
    expect(await shown(loginPage(args('/login')))).toMatchObject({ status: 302, location: '/setup' });
  });

  test('signs in and leads back to the page asked for, never to another site', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    expect(await shown(loginPage(args('/login')))).toMatchObject({ status: 200 });
    const back = await shown(logIn(form('/login?next=%2Fleads%3Fdue%3D72h', ANNA)));
    expect(back).toMatchObject({ status: 302, location: '/leads?due=72h' });
    expect(back.cookie).toContain('leadline.session_token=');
    expect(await shown(logIn(form('/login?next=%2F%2Fevil.example', ANNA)))).toMatchObject({ location: '/' });
    const again = args('/login?next=/refunds', { headers: { cookie: back.cookie } });
    expect(await shown(loginPage(again))).toMatchObject({ status: 302, location: '/refunds' });
  });

  test('a wrong password and an unknown address look the same and keep the email, not the password', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    const wrong = await shown(logIn(form('/login', { ...ANNA, password: 'wrong horse battery' })));
    const unknown = await shown(logIn(form('/login', { ...ANNA, email: 'eve@example.com' })));
    expect(wrong).toMatchObject({
      status: 401,
      cookie: '',
      page: expect.stringContaining('Email or password is wrong'),
    });
    expect(unknown).toEqual({ ...wrong, page: wrong.page.replace('anna@', 'eve@') });
    expect(wrong.page).toContain('anna@example.com');
    expect(wrong.page + unknown.page).not.toContain('horse battery');
  });

  test('too many tries: says how long to wait', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    t.ctx.clock.stopAt(Date.now());
    const wrong = { ...ANNA, password: 'wrong horse battery' };
    await Promise.all(Array.from({ length: 10 }, () => shown(logIn(form('/login', wrong)))));
    expect(await shown(logIn(form('/login', ANNA)))).toMatchObject({
      status: 429,
      retryAfter: '600',
      page: expect.stringContaining('Wait 10 min'),
    });
  });
});

describe('/logout', () => {
  test('ends the session; looking at it does nothing', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    const cookie = await signedIn();
    const visit = args('/', { headers: { cookie } }).request;
    expect(await shown(logoutPage())).toMatchObject({ status: 302, location: '/' });
    expect(await context.auth.sessionOf(visit)).not.toBeNull();
    expect(await shown(logOut(form('/logout', {}, { cookie })))).toMatchObject({
      status: 302,
      location: '/login',
    });
    expect(await context.auth.sessionOf(visit)).toBeNull();
  });
});
