import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listUsers } from '#app/modules/operators/index.server.ts';
import { ROOT, TEST_SECRET } from '../../tests/factories/test-ctx.ts';
import { type AdminKit, makeAdminKit } from '../../tests/setup/admin-kit.ts';
import { findRoot } from './admin-context.ts';

let t: AdminKit;
beforeEach(async () => {
  t = await makeAdminKit();
});
afterEach(() => t.close());

describe('called wrongly', () => {
  test.each([
    [[], 'A verb is missing'],
    [['explode'], 'There is no verb "explode"'],
    [['constructor'], 'There is no verb "constructor"'],
    [['doctor', '--fast'], "Unknown option '--fast'"],
    [['create-user', '--email', 'a@example.com'], '--role is missing'],
    [['create-user', '--email', 'a@example.com', '--role', 'king'], '--role king is none of owner'],
    [['create-api-key', '--name', 'x', '--scopes', 'read,write'], '"write" is none of ingest, read, operate'],
    [['rotate-secret', '--new-secret', 'short'], 'at least 32 bytes'],
    [['rotate-secret', '--new-secret', TEST_SECRET], 'is the present secret'],
  ])('%j shows how to call it and changes nothing', async (argv, message) => {
    const { code, out, err } = await t.admin(...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain('Usage: npm run admin -- <verb>');
    expect(out).toEqual([]);
    expect(await listUsers(t.ctx)).toEqual([]);
  });

  test('a wrong variable is named, and nothing is touched', async () => {
    t.env.PORT = 'eighty';
    const { code, err } = await t.admin('create-user', '--email', 'a@example.com', '--role', 'ops');
    expect(code).toBe(1);
    expect(err).toContain('PORT="eighty" must be a whole number');
  });
});

test('the root is found above the source and above a build', () => {
  expect(path.resolve(findRoot())).toBe(path.resolve(ROOT));
  expect(path.resolve(findRoot(path.join(ROOT, 'build', 'server')))).toBe(path.resolve(ROOT));
  expect(findRoot(t.dir)).toBe('.');
});
