import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PrismaClient } from '#app/generated/sqlite/client.ts';
import { isolated } from './isolated.server.ts';
import { migrate } from './migrate.server.ts';

let dir: string;
let url: string;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'leadline-isolated-'));
  url = `file:${path.join(dir, 'x.db')}`;
  await migrate(url);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const setting = (key: string) => ({ data: { key, value: '', updatedAt: new Date() } });

/**
 * Writes inside a transaction that rolls back, and beside it one from outside, which has two seconds to get through
 * while the transaction is open. Answers what the outside saw.
 */
async function race(client: PrismaClient): Promise<{ seen: number; outerKept: number }> {
  const written = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const inner = client.$transaction(
    async (tx) => {
      await tx.setting.create(setting('in-transaction'));
      written.resolve();
      await end.promise;
      throw new Error('roll back');
    },
    { timeout: 20_000 },
  );
  const settled = inner.catch((error: Error) => error.message);
  await written.promise;
  const outside = (async () => {
    const seen = await client.setting.count({ where: { key: 'in-transaction' } });
    await client.setting.create(setting('outer'));
    return seen;
  })();
  await Promise.race([outside, sleep(2_000)]);
  end.resolve();
  expect(await settled).toBe('roll back');
  const seen = await outside;
  const outerKept = await client.setting.count({ where: { key: 'outer' } });
  await client.$disconnect();
  return { seen, outerKept };
}

test('the bare adapter leaks: an acknowledged write from outside is undone with a transaction it was not part of', async () => {
  expect(await race(new PrismaClient({ adapter: new PrismaBetterSqlite3({ url }) }))).toEqual({
    seen: 1,
    outerKept: 0,
  });
});

test('isolated: statements from outside wait for the transaction, and stay', async () => {
  expect(await race(new PrismaClient({ adapter: isolated(new PrismaBetterSqlite3({ url })) }))).toEqual({
    seen: 0,
    outerKept: 1,
  });
});

test('a failed statement inside a transaction lets go of the connection', async () => {
  const client = new PrismaClient({ adapter: isolated(new PrismaBetterSqlite3({ url })) });
  await client.setting.create(setting('a'));
  await expect(
    client.$transaction([client.setting.create(setting('b')), client.setting.create(setting('a'))]),
  ).rejects.toThrow();
  expect(await client.setting.count()).toBe(1);
  await client.$disconnect();
});
