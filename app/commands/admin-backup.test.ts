import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdminKit, makeAdminKit, onSqlite } from '../../tests/setup/admin-kit.ts';

let t: AdminKit;
beforeEach(async () => {
  t = await makeAdminKit();
});
afterEach(() => t.close());

describe('backup', () => {
  onSqlite('writes a private, whole copy while another connection is open; never over a file', async () => {
    const to = path.join(t.dir, 'copy.db');
    await t.addAccount('a');
    const { code, out } = await t.admin('backup', '--to', to);
    expect([code, out[0]]).toEqual([0, expect.stringContaining('integrity checked')]);
    await t.addAccount('later');
    const copy = new Database(to, { readonly: true });
    expect(copy.prepare('SELECT name FROM NetworkAccount').all()).toEqual([{ name: 'a' }]);
    copy.close();
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(existsSync(`${to}.partial`)).toBe(false);
    const size = statSync(to).size;
    const again = await t.admin('backup', '--to', to);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('exists already')]);
    expect(statSync(to).size).toBe(size);
  });

  test('of PostgreSQL is its own tool: says so and writes nothing', async () => {
    const to = path.join(t.dir, 'copy.db');
    t.env.DATABASE_URL = 'postgresql://leadline@127.0.0.1:1/leadline';
    const { code, err } = await t.admin('backup', '--to', to);
    expect([code, err, existsSync(to)]).toEqual([1, expect.stringContaining('pg_dump'), false]);
  });

  onSqlite('a damaged store gives no backup', async () => {
    const damaged = path.join(t.dir, 'damaged.db');
    expect((await t.admin('backup', '--to', damaged)).code).toBe(0);
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
    t.env.DATABASE_URL = `file:${damaged}`;
    const to = path.join(t.dir, 'copy.db');
    const { code, err } = await t.admin('backup', '--to', to);
    expect([code, err, existsSync(to)]).toEqual([
      1,
      expect.stringMatching(/failed its integrity check|malformed/),
      false,
    ]);
  });

  onSqlite('there must be a store, and a directory to write to', async () => {
    const nowhere = await t.admin('backup', '--to', path.join(t.dir, 'no', 'copy.db'));
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('does not exist')]);
    t.env.DATABASE_URL = `file:${path.join(t.dir, 'none.db')}`;
    const nothing = await t.admin('backup', '--to', path.join(t.dir, 'copy.db'));
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('there is no store')]);
    expect(existsSync(path.join(t.dir, 'none.db'))).toBe(false);
  });
});
