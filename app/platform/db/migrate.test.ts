import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from './migrate.server.ts';

/** A folder with two migrations, and the address of a store that has none yet. */
function made() {
  const root = mkdtempSync(path.join(tmpdir(), 'leadline-migrate-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, sql: string) => {
    const dir = path.join(root, 'prisma', 'sqlite', 'migrations', name);
    mkdirSync(dir, { recursive: true });
    writeFileSync(path.join(dir, 'migration.sql'), sql);
  };
  write('1_init', 'CREATE TABLE "Thing" ("id" TEXT PRIMARY KEY);');
  write('2_more', `ALTER TABLE "Thing" ADD COLUMN "name" TEXT; INSERT INTO "Thing" VALUES ('a', 'b');`);
  const file = path.join(root, 'leadline.db');
  return { root, write, file, url: `file:${file}` };
}

test('applies what is missing, in order, once', async () => {
  const { root, write, file, url } = made();
  expect(await migrate(url, root)).toEqual(['1_init', '2_more']);
  expect(await migrate(url, root)).toEqual([]);
  write('3_last', `INSERT INTO "Thing" VALUES ('c', 'd');`);
  expect(await migrate(url, root)).toEqual(['3_last']);
  const db = new Database(file);
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT "id" FROM "Thing" ORDER BY "id"').pluck().all()).toEqual(['a', 'c']);
});

test('a store that lacks nothing is not held up by who writes to it just now', async () => {
  const { root, file, url } = made();
  await migrate(url, root);
  const writer = new Database(file);
  onTestFinished(() => void writer.close());
  writer.exec('BEGIN IMMEDIATE');
  expect(await migrate(url, root)).toEqual([]);
});

test('a migration that was edited, or failed before, stops the start and is named', async () => {
  const { root, write, file, url } = made();
  await migrate(url, root);
  write('2_more', 'SELECT 1;');
  await expect(migrate(url, root)).rejects.toThrow('2_more was edited');
  const db = new Database(file);
  onTestFinished(() => void db.close());
  db.exec(`UPDATE "_prisma_migrations" SET "finished_at" = NULL WHERE "migration_name" = '1_init'`);
  await expect(migrate(url, root)).rejects.toThrow('1_init failed before');
});
