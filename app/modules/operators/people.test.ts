import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import {
  ANNA,
  cookieOf,
  makeSignInKit,
  PASSWORD,
  page,
  type SignInKit,
} from '../../../tests/setup/sign-in-kit.ts';
import {
  changeUser,
  countUsers,
  createUser,
  listUsers,
  setPassword,
  setUpFirstOwner,
  setupNeeded,
} from './index.server.ts';

let t: SignInKit;
beforeEach(async () => {
  t = await makeSignInKit();
});
afterEach(() => t.close());

describe('first-run set-up', () => {
  test('makes one owner, who can sign in, and is over', async () => {
    expect(await setupNeeded(t.ctx)).toBe(true);
    const owner = await setUpFirstOwner(t.ctx, { ...ANNA, ip: '192.0.2.9' });
    expect(owner).toMatchObject({ name: 'Anna', email: 'anna@example.com', role: 'owner' });
    expect([await setupNeeded(t.ctx), await countUsers(t.ctx)]).toEqual([false, 1]);
    await expect(setUpFirstOwner(t.ctx, { ...ANNA, email: 'b@example.com' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await t.signIn('anna@example.com', PASSWORD)).user).toMatchObject({
      id: owner.id,
      role: 'owner',
    });
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
    expect(await t.actions()).toEqual(['owner_set_up']);
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
    expect(await t.actions()).toEqual(['user_created']);
    expect((await t.signIn('ben@example.com', PASSWORD)).user.role).toBe('ops');
  });

  test('a new password ends every session; the old one no longer works', async () => {
    await setUpFirstOwner(t.ctx, ANNA);
    const cookie = cookieOf((await t.signIn('anna@example.com', PASSWORD)).headers);
    const changed = await setPassword(t.ctx, {
      email: 'anna@example.com',
      password: 'another horse battery',
      actor: SYSTEM,
    });
    expect(changed.sessionsEnded).toBe(1);
    expect(await t.auth.sessionOf(page('/', cookie))).toBeNull();
    await expect(t.signIn('anna@example.com', PASSWORD)).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
    expect((await t.signIn('anna@example.com', 'another horse battery')).user.name).toBe('Anna');
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
    const cookie = cookieOf((await t.signIn('ben@example.com', PASSWORD)).headers);
    await changeUser(t.ctx, { id: ben.id, banned: true, actor: SYSTEM });
    expect(await t.auth.sessionOf(page('/', cookie))).toBeNull();
    await expect(t.signIn('ben@example.com', PASSWORD)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('switched off'),
    });
    await changeUser(t.ctx, { id: ben.id, banned: false, actor: SYSTEM });
    expect((await t.signIn('ben@example.com', PASSWORD)).user.name).toBe('ben');
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
