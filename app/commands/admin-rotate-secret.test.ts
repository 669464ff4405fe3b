import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { createAuth, setUpFirstOwner } from '#app/modules/operators/index.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { TEST_SECRET } from '../../tests/factories/test-ctx.ts';
import { type AdminKit, makeAdminKit, NEW_SECRET } from '../../tests/setup/admin-kit.ts';

let t: AdminKit;
beforeEach(async () => {
  t = await makeAdminKit();
});
afterEach(() => t.close());

describe('rotate-secret', () => {
  beforeEach(async () => {
    await t.addAccount('a');
    await t.addAccount('b');
  });

  test('puts every account under the new secret, ends sessions and says so', async () => {
    await setUpFirstOwner(t.ctx, {
      name: 'Anna',
      email: 'anna@example.com',
      password: 'correct horse battery',
    });
    const auth = createAuth({
      ctx: t.ctx,
      config: { publicUrl: 'http://127.0.0.1:3000', secret: TEST_SECRET },
    });
    const request = new Request('http://127.0.0.1:3000/login', { method: 'POST' });
    await auth.signIn(
      { email: 'anna@example.com', password: 'correct horse battery' },
      { request, clientIp: null },
    );
    const { code, out } = await t.admin('rotate-secret');
    expect(code).toBe(0);
    expect(out.join('\n')).toContain(
      'credentials of 2 accounts under the new secret and ended 1 sessions: everybody signs in again',
    );
    const secret = readFileSync(t.secretFile, 'utf8');
    expect(secret).not.toBe(TEST_SECRET);
    expect(out.join('\n')).not.toContain(secret);
    if (process.platform !== 'win32') expect(statSync(t.secretFile).mode & 0o777).toBe(0o600);
    const opened = (await t.sealed()).map((text) => createVault(secret).open(text));
    expect(opened).toEqual(['{"apiKey":"rgt_live_a"}', '{"apiKey":"rgt_live_b"}']);
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
    expect((await listAudit(t.ctx, { subjectType: 'installation' })).items).toMatchObject([
      { action: 'secret_rotated' },
    ]);
  });

  test('one account that does not open stops it: no row and no file changes', async () => {
    await t.addAccount('c', NEW_SECRET);
    const before = await t.sealed();
    const { code, err } = await t.admin('rotate-secret');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('Nothing was changed: the credentials of account "c" do not open'),
    ]);
    expect(await t.sealed()).toEqual(before);
    expect(readFileSync(t.secretFile, 'utf8')).toBe(TEST_SECRET);
    expect(existsSync(`${t.secretFile}.next`)).toBe(false);
  });

  test('a secret from the environment is changed only to one that the person chose', async () => {
    t.env.LEADLINE_SECRET = TEST_SECRET;
    const before = await t.sealed();
    const refused = await t.admin('rotate-secret');
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('LEADLINE_SECRET comes from the environment'),
    ]);
    expect(await t.sealed()).toEqual(before);
    const done = await t.admin('rotate-secret', '--new-secret', NEW_SECRET);
    expect([done.code, done.out.join('\n')]).toEqual([
      0,
      expect.stringContaining('Now set LEADLINE_SECRET to the new secret'),
    ]);
    expect(createVault(NEW_SECRET).open((await t.sealed())[0] ?? '')).toBe('{"apiKey":"rgt_live_a"}');
    expect(readFileSync(t.secretFile, 'utf8')).toBe(TEST_SECRET);
  });

  test('a rotation that a crash cut off between store and file is completed', async () => {
    await t.admin('rotate-secret', '--new-secret', NEW_SECRET);
    writeFileSync(`${t.secretFile}.next`, NEW_SECRET);
    writeFileSync(t.secretFile, TEST_SECRET);
    const after = await t.sealed();
    expect((await t.admin('doctor')).out.join('\n')).toContain(
      'fail  Data directory: a change of the secret was interrupted',
    );
    const { code, out } = await t.admin('rotate-secret');
    expect([code, out.join()]).toEqual([0, expect.stringContaining('it is complete now')]);
    expect(readFileSync(t.secretFile, 'utf8')).toBe(NEW_SECRET);
    expect(await t.sealed()).toEqual(after);
    expect((await t.admin('doctor')).out.join('\n')).toContain('ok    Accounts: a, b');
  });

  test('a rotation that a crash cut off before the store is begun anew', async () => {
    writeFileSync(`${t.secretFile}.next`, NEW_SECRET);
    expect((await t.admin('rotate-secret')).code).toBe(0);
    const secret = readFileSync(t.secretFile, 'utf8');
    expect([TEST_SECRET, NEW_SECRET]).not.toContain(secret);
    expect(createVault(secret).open((await t.sealed())[0] ?? '')).toBe('{"apiKey":"rgt_live_a"}');
  });

  test('says to restart what is running', async () => {
    const now = new Date();
    await t.ctx.store.prisma.workerBeat.create({ data: { id: 'w', startedAt: now, beatAt: now } });
    expect((await t.admin('rotate-secret')).err).toContain('restart it now, or its postbacks fail');
  });
});
