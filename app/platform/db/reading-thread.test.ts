import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.server.ts';
import { ReadingTimeout, readingThread } from './reading-thread.server.ts';
import { fileOf, openStore, type Store } from './store.server.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'leadline-beside-'));
  const url = `file:${path.join(dir, 'x.db')}`;
  await migrate(url);
  store = await openStore(url);
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Takes far longer than a few writes. */
const LONG = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000000) SELECT count(*) AS "n" FROM n`;
const write = (key: string) =>
  store.prisma.setting.create({ data: { key, value: '', updatedAt: new Date() } });
const keys = () => store.beside<{ key: string }>('SELECT "key" FROM "Setting" ORDER BY "key"');

test('what is written gets through while a long reading runs beside it', async () => {
  await keys();
  const order: string[] = [];
  const reading = store.beside(LONG).then(() => order.push('read'));
  for (const key of ['a', 'b', 'c']) await write(key).then(() => order.push(key));
  await reading;
  expect(order).toEqual(['a', 'b', 'c', 'read']);
});

test('a reading sees what was committed before it was asked, and arguments in their order', async () => {
  expect(await keys()).toEqual([]);
  await write('b');
  await write('a');
  expect(await keys()).toEqual([{ key: 'a' }, { key: 'b' }]);
  expect(await store.beside('SELECT "key" FROM "Setting" WHERE "key" >= ? AND "key" < ?', 'a', 'b')).toEqual([
    { key: 'a' },
  ]);
});

test('it can only read, and what it refuses leaves it able to answer', async () => {
  await expect(store.beside('DELETE FROM "Setting"')).rejects.toThrow(/reading thread/);
  await expect(store.beside('SELECT "nothing" FROM "Setting"')).rejects.toThrow('no such column');
  expect(await keys()).toEqual([]);
});

test('one that takes too long is given up with all that waits; the next question starts anew', async () => {
  const thread = readingThread(() => fileOf(store));
  const [late, behind] = await Promise.allSettled([
    thread.ask(LONG, [], 50),
    thread.ask('SELECT 1 AS "n"', []),
  ]);
  expect(late).toMatchObject({ status: 'rejected', reason: expect.any(ReadingTimeout) });
  expect(behind.status).toBe('rejected');
  expect(await thread.ask('SELECT 2 AS "n"', [])).toEqual([{ n: 2 }]);
  await thread.end();
});
