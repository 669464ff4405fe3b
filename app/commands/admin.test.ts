import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import {
  createAuth,
  createKeyVerifier,
  listUsers,
  setUpFirstOwner,
} from '#app/modules/operators/index.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { makeTestCtx, ROOT, TEST_SECRET, type TestCtx } from '../../tests/factories/test-ctx.ts';
import { main } from './admin.ts';
import { findRoot } from './admin-context.ts';
import { checkNode, checkPublicUrl, judgeDisk } from './admin-doctor-machine.ts';

const NEW_SECRET = 'another secret for tests only, 32 bytes and more';

let t: TestCtx;
let env: Record<string, string | undefined>;
beforeEach(async () => {
  t = await makeTestCtx();
  writeFileSync(path.join(t.dir, 'secret'), TEST_SECRET, { mode: 0o600 });
  env = { DATA_DIR: t.dir, DATABASE_URL: t.url };
});
afterEach(() => t.close());

async function admin(...argv: string[]): Promise<{ code: number; out: string[]; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env,
  });
  return { code, out, err: err.join('\n') };
}
const onSqlite = test.skipIf(process.env.TEST_DATABASE_URL);

/** An account whose credentials are sealed under `secret`. */
async function addAccount(name: string, secret = TEST_SECRET): Promise<void> {
  const now = new Date();
  const credentials = createVault(secret).seal(`{"apiKey":"rgt_live_${name}"}`);
  await t.ctx.store.prisma.networkAccount.create({
    data: {
      id: `acc_${name}`,
      name,
      connector: 'regatta',
      baseUrl: 'https://regatta.network/api/v1',
      credentials,
      credentialHints: '{}',
      origin: 'settings',
      createdAt: now,
      updatedAt: now,
    },
  });
}
const sealed = async () =>
  (await t.ctx.store.prisma.networkAccount.findMany({ orderBy: { id: 'asc' } })).map(
    (row) => row.credentials,
  );
const secretFile = () => path.join(t.dir, 'secret');

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
    const { code, out, err } = await admin(...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain('Usage: npm run admin -- <verb>');
    expect(out).toEqual([]);
    expect(await listUsers(t.ctx)).toEqual([]);
  });

  test('a wrong variable is named, and nothing is touched', async () => {
    env.PORT = 'eighty';
    const { code, err } = await admin('create-user', '--email', 'a@example.com', '--role', 'ops');
    expect(code).toBe(1);
    expect(err).toContain('PORT="eighty" must be a whole number');
  });
});

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
    const { code, out } = await admin(
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
    const { code, out } = await admin(...argv);
    expect([code, out.join()]).toEqual([0, expect.not.stringContaining('correct horse')]);
    expect((await signIn('correct horse battery')).user.role).toBe('owner');
    const again = await admin(...argv);
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
    const { code, out } = await admin('reset-password', '--email', 'anna@example.com');
    expect([code, out[0]]).toEqual([
      0,
      'Set a new password for anna@example.com and ended 1 of their sessions.',
    ]);
    await expect(signIn('correct horse battery')).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
    expect((await signIn(out.at(-1) ?? '')).user.name).toBe('Anna');
    const unknown = await admin('reset-password', '--email', 'ben@example.com');
    expect([unknown.code, unknown.err]).toEqual([
      1,
      expect.stringContaining('Nobody signs in as ben@example.com'),
    ]);
  });

  test('create-api-key prints a working key alone on the last line', async () => {
    const { code, out } = await admin('create-api-key', '--name', 'shop', '--scopes', 'operate, ingest');
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

describe('rotate-secret', () => {
  beforeEach(async () => {
    await addAccount('a');
    await addAccount('b');
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
    const { code, out } = await admin('rotate-secret');
    expect(code).toBe(0);
    expect(out.join('\n')).toContain(
      'credentials of 2 accounts under the new secret and ended 1 sessions: everybody signs in again',
    );
    const secret = readFileSync(secretFile(), 'utf8');
    expect(secret).not.toBe(TEST_SECRET);
    expect(out.join('\n')).not.toContain(secret);
    if (process.platform !== 'win32') expect(statSync(secretFile()).mode & 0o777).toBe(0o600);
    const opened = (await sealed()).map((text) => createVault(secret).open(text));
    expect(opened).toEqual(['{"apiKey":"rgt_live_a"}', '{"apiKey":"rgt_live_b"}']);
    expect(await t.ctx.store.prisma.session.count()).toBe(0);
    expect((await listAudit(t.ctx, { subjectType: 'installation' })).items).toMatchObject([
      { action: 'secret_rotated' },
    ]);
  });

  test('one account that does not open stops it: no row and no file changes', async () => {
    await addAccount('c', NEW_SECRET);
    const before = await sealed();
    const { code, err } = await admin('rotate-secret');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('Nothing was changed: the credentials of account "c" do not open'),
    ]);
    expect(await sealed()).toEqual(before);
    expect(readFileSync(secretFile(), 'utf8')).toBe(TEST_SECRET);
    expect(existsSync(`${secretFile()}.next`)).toBe(false);
  });

  test('a secret from the environment is changed only to one that the person chose', async () => {
    env.LEADLINE_SECRET = TEST_SECRET;
    const before = await sealed();
    const refused = await admin('rotate-secret');
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('LEADLINE_SECRET comes from the environment'),
    ]);
    expect(await sealed()).toEqual(before);
    const done = await admin('rotate-secret', '--new-secret', NEW_SECRET);
    expect([done.code, done.out.join('\n')]).toEqual([
      0,
      expect.stringContaining('Now set LEADLINE_SECRET to the new secret'),
    ]);
    expect(createVault(NEW_SECRET).open((await sealed())[0] ?? '')).toBe('{"apiKey":"rgt_live_a"}');
    expect(readFileSync(secretFile(), 'utf8')).toBe(TEST_SECRET);
  });

  test('a rotation that a crash cut off between store and file is completed', async () => {
    await admin('rotate-secret', '--new-secret', NEW_SECRET);
    writeFileSync(`${secretFile()}.next`, NEW_SECRET);
    writeFileSync(secretFile(), TEST_SECRET);
    const after = await sealed();
    expect((await admin('doctor')).out.join('\n')).toContain(
      'fail  Data directory: a change of the secret was interrupted',
    );
    const { code, out } = await admin('rotate-secret');
    expect([code, out.join()]).toEqual([0, expect.stringContaining('it is complete now')]);
    expect(readFileSync(secretFile(), 'utf8')).toBe(NEW_SECRET);
    expect(await sealed()).toEqual(after);
    expect((await admin('doctor')).out.join('\n')).toContain('ok    Accounts: a, b');
  });

  test('a rotation that a crash cut off before the store is begun anew', async () => {
    writeFileSync(`${secretFile()}.next`, NEW_SECRET);
    expect((await admin('rotate-secret')).code).toBe(0);
    const secret = readFileSync(secretFile(), 'utf8');
    expect([TEST_SECRET, NEW_SECRET]).not.toContain(secret);
    expect(createVault(secret).open((await sealed())[0] ?? '')).toBe('{"apiKey":"rgt_live_a"}');
  });

  test('says to restart what is running', async () => {
    const now = new Date();
    await t.ctx.store.prisma.workerBeat.create({ data: { id: 'w', startedAt: now, beatAt: now } });
    expect((await admin('rotate-secret')).err).toContain('restart it now, or its postbacks fail');
  });
});

describe('backup', () => {
  onSqlite('writes a private, whole copy while another connection is open; never over a file', async () => {
    const to = path.join(t.dir, 'copy.db');
    await addAccount('a');
    const { code, out } = await admin('backup', '--to', to);
    expect([code, out[0]]).toEqual([0, expect.stringContaining('integrity checked')]);
    await addAccount('later');
    const copy = new Database(to, { readonly: true });
    expect(copy.prepare('SELECT name FROM NetworkAccount').all()).toEqual([{ name: 'a' }]);
    copy.close();
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(existsSync(`${to}.partial`)).toBe(false);
    const size = statSync(to).size;
    const again = await admin('backup', '--to', to);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('exists already')]);
    expect(statSync(to).size).toBe(size);
  });

  test('of PostgreSQL is its own tool: says so and writes nothing', async () => {
    const to = path.join(t.dir, 'copy.db');
    env.DATABASE_URL = 'postgresql://leadline@127.0.0.1:1/leadline';
    const { code, err } = await admin('backup', '--to', to);
    expect([code, err, existsSync(to)]).toEqual([1, expect.stringContaining('pg_dump'), false]);
  });

  onSqlite('a damaged store gives no backup', async () => {
    const damaged = path.join(t.dir, 'damaged.db');
    expect((await admin('backup', '--to', damaged)).code).toBe(0);
    const db = new Database(damaged);
    db.exec('PRAGMA journal_mode = DELETE');
    const root = db
      .prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'NetworkAccount'`)
      .pluck()
      .get() as number;
    const size = db.pragma('page_size', { simple: true }) as number;
    db.close();
    const bytes = readFileSync(damaged);
    bytes.fill(0xff, (root - 1) * size, root * size);
    writeFileSync(damaged, bytes);
    env.DATABASE_URL = `file:${damaged}`;
    const to = path.join(t.dir, 'copy.db');
    const { code, err } = await admin('backup', '--to', to);
    expect([code, err, existsSync(to)]).toEqual([
      1,
      expect.stringMatching(/failed its integrity check|malformed/),
      false,
    ]);
  });

  onSqlite('there must be a store, and a directory to write to', async () => {
    const nowhere = await admin('backup', '--to', path.join(t.dir, 'no', 'copy.db'));
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('does not exist')]);
    env.DATABASE_URL = `file:${path.join(t.dir, 'none.db')}`;
    const nothing = await admin('backup', '--to', path.join(t.dir, 'copy.db'));
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('there is no store')]);
    expect(existsSync(path.join(t.dir, 'none.db'))).toBe(false);
  });
});

describe('doctor', () => {
  const lines = async () => {
    const { code, out } = await admin('doctor');
    return { code, text: out.join('\n') };
  };

  test('all is well: every line says ok', async () => {
    await addAccount('regatta');
    await setUpFirstOwner(t.ctx, {
      name: 'Anna',
      email: 'anna@example.com',
      password: 'correct horse battery',
    });
    const now = new Date();
    await t.ctx.store.prisma.workerBeat.create({ data: { id: 'w', startedAt: now, beatAt: now } });
    const { code, text } = await lines();
    expect(text).toMatch(/ok {4}Migrations: all \d+ applied/);
    expect(text).toMatch(/\n12 ok, 0 to look at, 0 failed$/);
    expect(code).toBe(0);
  });

  test('what is missing is a warning with what to do', async () => {
    await t.ctx.store.prisma.workerBeat.create({
      data: { id: 'w', startedAt: new Date(0), beatAt: new Date(Date.now() - 3_600_000) },
    });
    const { code, text } = await lines();
    expect(text).toContain(
      'warn  Accounts: no network account yet: nothing can be sent -> Set REGATTA_API_KEY',
    );
    expect(text).toContain('warn  People: there is no owner');
    expect(text).toContain('warn  Worker: last alive at');
    expect(code).toBe(0);
  });

  test('credentials under another secret, a clock that runs behind: failed, exit 1', async () => {
    await addAccount('regatta', NEW_SECRET);
    await t.ctx.store.prisma.auditEntry.create({
      data: {
        id: 'aud_z',
        actorType: 'system',
        actorName: 'x',
        action: 'x',
        subjectType: 'x',
        subjectId: 'x',
        createdAt: new Date(Date.now() + 3_600_000),
      },
    });
    const { code, text } = await lines();
    expect(text).toContain(
      'fail  Accounts: credentials of regatta do not open: the secret file in DATA_DIR is not the one',
    );
    expect(text).toContain('fail  Clock: the store has entries from');
    expect(code).toBe(1);
  });

  test('migrations: pending ones warn, unknown and unfinished ones fail', async () => {
    const sql = (text: string) => t.ctx.store.execute(text);
    await sql(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
    expect(await lines()).toMatchObject({ code: 1, text: expect.stringContaining('began and did not end') });
    await sql(
      `UPDATE "_prisma_migrations" SET finished_at = started_at, migration_name = '20990101000000_later'`,
    );
    expect(await lines()).toMatchObject({
      code: 1,
      text: expect.stringContaining('which this version does not know'),
    });
    await sql('DELETE FROM "_prisma_migrations"');
    expect(await lines()).toMatchObject({
      code: 0,
      text: expect.stringMatching(/warn {2}Migrations: \d+ to apply: \d+_init/),
    });
  });

  test('a wrong environment, a secret others can read, a store that is not there', async () => {
    chmodSync(secretFile(), 0o644);
    if (process.platform !== 'win32')
      expect((await lines()).text).toContain('can be read by others (mode 644)');
    env.DATABASE_URL = 'postgresql://leadline@127.0.0.1:1/leadline';
    expect(await lines()).toMatchObject({
      code: 1,
      text: expect.stringMatching(/fail {2}Store: the store cannot be reached/),
    });
    env.DATABASE_URL = `file:${path.join(t.dir, 'none.db')}`;
    expect(await lines()).toMatchObject({
      code: 0,
      text: expect.stringContaining('warn  Store: there is none at'),
    });
    env.PORT = 'eighty';
    expect(await lines()).toMatchObject({ code: 1, text: expect.stringContaining('fail  Environment: ') });
  });

  test('machine: old Node, little disk, plain http in public', () => {
    expect(
      [checkNode('20.19.0'), checkNode('22.11.0'), checkNode('22.12.0'), checkNode('24.21.0')].map(
        (f) => f.level,
      ),
    ).toEqual(['fail', 'fail', 'ok', 'ok']);
    expect([judgeDisk(1e8), judgeDisk(1e9), judgeDisk(1e10)].map((f) => f.level)).toEqual([
      'fail',
      'warn',
      'ok',
    ]);
    const level = (publicUrl: string) => checkPublicUrl({ publicUrl }).level;
    expect(
      ['http://leads.example.com', 'https://leads.example.com', 'http://127.0.0.1:3000'].map(level),
    ).toEqual(['warn', 'ok', 'ok']);
  });
});

test('the root is found above the source and above a build', () => {
  expect(path.resolve(findRoot())).toBe(path.resolve(ROOT));
  expect(path.resolve(findRoot(path.join(ROOT, 'build', 'server')))).toBe(path.resolve(ROOT));
  expect(findRoot(t.dir)).toBe('.');
});
