import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { createAuth, createKeyVerifier, setUpFirstOwner } from '#app/modules/operators/index.server.ts';
import { ROOT, TEST_SECRET } from '../../tests/factories/test-ctx.ts';
import { type AdminKit, makeAdminKit } from '../../tests/setup/admin-kit.ts';

let t: AdminKit;
beforeEach(async () => {
  t = await makeAdminKit();
});
afterEach(() => t.close());

describe('people and keys', () => {
  const signIn = (password: string) => {
    const auth = createAuth({
      ctx: t.ctx,
      config: { publicUrl: 'http://127.0.0.1:3000', secret: TEST_SECRET },
    });
    const request = new Request('http://127.0.0.1:3000/login', { method: 'POST' });
    return auth.signIn({ email: 'anna@example.com', password }, { request, clientIp: null });
  };

  test('create-user makes somebody who can sign in with the password on the last line', async () => {
    const { code, out } = await t.admin(
      'create-user',
      '--email',
      'Anna@example.com',
      '--role',
      'finance',
      '--name',
      'Anna',
    );
    expect(code).toBe(0);
    expect((await signIn(out.at(-1) ?? '')).user).toMatchObject({ name: 'Anna', role: 'finance' });
    const { items } = await listAudit(t.ctx, { subjectType: 'user' });
    expect(items.at(-1)).toMatchObject({ action: 'user_created', actorName: 'admin command' });
    expect(JSON.stringify(items)).not.toContain(out.at(-1));
  });

  test('a password given is used and not printed; a taken address is refused', async () => {
    const argv = [
      'create-user',
      '--email',
      'anna@example.com',
      '--role',
      'owner',
      '--password',
      'correct horse battery',
    ];
    const { code, out } = await t.admin(...argv);
    expect([code, out.join()]).toEqual([0, expect.not.stringContaining('correct horse')]);
    expect((await signIn('correct horse battery')).user.role).toBe('owner');
    const again = await t.admin(...argv);
    expect([again.code, again.err]).toEqual([
      1,
      expect.stringContaining('Somebody already signs in as anna@example.com'),
    ]);
  });

  test('reset-password replaces the password and ends sessions', async () => {
    await setUpFirstOwner(t.ctx, {
      name: 'Anna',
      email: 'anna@example.com',
      password: 'correct horse battery',
    });
    await signIn('correct horse battery');
    const { code, out } = await t.admin('reset-password', '--email', 'anna@example.com');
    expect([code, out[0]]).toEqual([
      0,
      'Set a new password for anna@example.com and ended 1 of their sessions.',
    ]);
    await expect(signIn('correct horse battery')).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
    expect((await signIn(out.at(-1) ?? '')).user.name).toBe('Anna');
    const unknown = await t.admin('reset-password', '--email', 'ben@example.com');
    expect([unknown.code, unknown.err]).toEqual([
      1,
      expect.stringContaining('Nobody signs in as ben@example.com'),
    ]);
  });

  test('create-api-key prints a working key alone on the last line', async () => {
    const { code, out } = await t.admin('create-api-key', '--name', 'shop', '--scopes', 'operate, ingest');
    expect(code).toBe(0);
    const verifier = createKeyVerifier(t.ctx);
    const key = await verifier.verify(`Bearer ${out.at(-1)}`);
    expect(key).toMatchObject({ name: 'shop', scopes: new Set(['ingest', 'operate']) });
    await verifier.idle();
    verifier.close();
  });

  test('runs directly under Node on a directory with no store yet: it migrates first', () => {
    const dir = path.join(t.dir, 'fresh');
    const argv = [
      path.join(ROOT, 'app/commands/admin.ts'),
      'create-api-key',
      '--name',
      'x',
      '--scopes',
      'read',
    ];
    const child = { NODE_ENV: 'production' as const, PATH: process.env.PATH, DATA_DIR: dir };
    const printed = execFileSync(process.execPath, argv, { env: child, cwd: t.dir, encoding: 'utf8' });
    expect(printed.trimEnd().split('\n').at(-1)).toMatch(/^ll_[A-Za-z0-9_-]{43}$/);
    expect(existsSync(path.join(dir, 'leadline.db'))).toBe(true);
  });
});
