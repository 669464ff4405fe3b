import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT, temporaryDatabase } from '../factories/test-ctx.ts';

/** An empty database of the store that the tests run on. */
async function openEmpty() {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    const dir = await mkdtemp(path.join(tmpdir(), 'leadline-backfill-'));
    const db = new Database(path.join(dir, 'test.db'));
    onTestFinished(async () => {
      db.close();
      await rm(dir, { recursive: true });
    });
    const run = async (sql: string): Promise<void> => void db.exec(sql);
    return { dialect: 'sqlite', run, rows: async (sql: string) => db.prepare(sql).all() };
  }
  const { url: own, drop } = await temporaryDatabase(url);
  const client = new pg.Client({ connectionString: own });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await drop();
  });
  const run = async (sql: string): Promise<void> => void (await client.query(sql));
  return { dialect: 'postgres', run, rows: async (sql: string) => (await client.query(sql)).rows };
}

test('RG-38 losses that were recorded before carry their lead’s account and campaign after the migration', async () => {
  const { dialect, run, rows } = await openEmpty();
  const dir = path.join(ROOT, 'prisma', dialect, 'migrations');
  const names = readdirSync(dir).filter((name) => /^\d/.test(name));
  const sqlOf = (name: string): string => readFileSync(path.join(dir, name, 'migration.sql'), 'utf8');
  const changed = '20261120180000_approvals';
  expect(names).toContain(changed);
  for (const name of names.sort().filter((one) => one < changed)) await run(sqlOf(name));
  const at = `'2026-05-12 12:00:00'`;
  for (const [n, campaign] of [
    [1, `'net_a'`],
    [2, 'NULL'],
  ])
    await run(`INSERT INTO "Lead" ("id", "accountId", "networkLeadId", "conversionId", "postbackId", "networkCampaignId", "externalId", "holdState", "holdingPeriodDays", "heldSince", "createdAt", "updatedAt")
        VALUES ('led_${n}', 'acc_${n}', 'n${n}', 'con_${n}', 'msg_${n}', ${campaign}, 'order_${n}', 'released', 30, ${at}, ${at}, ${at});
      INSERT INTO "Loss" ("id", "leadId", "cause", "explanation", "createdAt") VALUES ('los_${n}', 'led_${n}', 'missed_deadline', 'x', ${at});`);
  await run(sqlOf(changed));
  expect(await rows('SELECT "id", "accountId", "networkCampaignId" FROM "Loss" ORDER BY "id"')).toEqual([
    { id: 'los_1', accountId: 'acc_1', networkCampaignId: 'net_a' },
    { id: 'los_2', accountId: 'acc_2', networkCampaignId: null },
  ]);
});
