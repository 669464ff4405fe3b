import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#app/platform/env.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { createRuntime } from '#app/server/runtime.server.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { cuttableLine } from '../setup/cuttable-line.ts';
import { startLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let dir: string;
beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  dir = mkdtempSync(path.join(tmpdir(), 'leadline-faults-'));
});
afterEach(async () => {
  await regatta.stop();
  rmSync(dir, { recursive: true, force: true });
});

const order = (externalId: string) => ({
  externalId,
  eventType: 'PURCHASE',
  revenueCents: 4900,
  ref: seed.enrollments[0]?.trackingCode,
});
const network = () => ({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey });

describe.skipIf(process.env.TEST_DATABASE_URL)('SQLite', () => {
  test('a full disk: nothing is acknowledged that is not stored, what was acknowledged is delivered once there is room', async () => {
    const leadline = await startLeadline(network());
    const { store } = leadline.runtime.ctx;
    expect((await leadline.call('POST', '/api/v1/conversions', order('before'))).status).toBe(202);
    await until(
      'delivered',
      async () => (await store.prisma.outboxMessage.count({ where: { status: 'delivered' } })) === 1,
    );
    // SQLite's own limit answers as a full disk does: SQLITE_FULL
    const [pages] = await store.query<{ page_count: number | bigint }>('PRAGMA page_count');
    await store.query(`PRAGMA max_page_count = ${Number(pages?.page_count)}`);
    const answers = [];
    for (let i = 0; i < 200; i++)
      answers.push(await leadline.call('POST', '/api/v1/conversions', order(`full_${i}`)));
    const refused = answers.filter((a) => a.status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.json.error).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('the disk is full'),
    });
    expect(refused[0]?.headers.get('retry-after')).toBe('5');
    await store.query('PRAGMA max_page_count = 1000000');
    const acknowledged = answers.map((a, i) => (a.status === 202 ? `full_${i}` : '')).filter(Boolean);
    await until(
      'all that was acknowledged is delivered',
      async () =>
        (await store.prisma.outboxMessage.count({
          where: { externalId: { in: acknowledged }, status: { in: ['delivered', 'duplicate'] } },
        })) === acknowledged.length,
    );
    expect(await store.prisma.conversion.count()).toBe(acknowledged.length + 1);
    for (const externalId of acknowledged) expect(regatta.ledger({ externalId }).tally.leads).toBe(1);
    expect((await leadline.call('POST', '/api/v1/conversions', order('after'))).status).toBe(202);
    await leadline.stop();
  });

  test('two workers on one data directory: the second says so and stops', async () => {
    const env = { DATA_DIR: dir, PORT: '0', REGATTA_API_KEY: seed.apiKey, REGATTA_BASE_URL: regatta.baseUrl };
    const first = await createRuntime(loadConfig(env), { log: createLog('silent') });
    await expect(createRuntime(loadConfig(env), { log: createLog('silent') })).rejects.toThrow(
      /another worker runs on this DATA_DIR/,
    );
    const web = await createRuntime(loadConfig({ ...env, LEADLINE_ROLE: 'web' }), {
      log: createLog('silent'),
    });
    await web.stop();
    await first.stop();
    const again = await createRuntime(loadConfig(env), { log: createLog('silent') });
    await again.stop();
  });
});

describe.skipIf(!process.env.TEST_DATABASE_URL)('PostgreSQL', () => {
  test('a store that goes away and comes back: refusals meanwhile, nothing acknowledged is lost, nothing is sent twice as new', async () => {
    const own = await temporaryDatabase(process.env.TEST_DATABASE_URL ?? '');
    const line = await cuttableLine(own.url);
    const leadline = await startLeadline({
      ...network(),
      databaseUrl: line.url,
      env: { REQUEST_TIMEOUT_SECONDS: '1' },
    });
    const acknowledged: string[] = [];
    const send = async (externalId: string) => {
      const { status } = await leadline.call('POST', '/api/v1/conversions', order(externalId));
      if (status === 202) acknowledged.push(externalId);
      return status;
    };
    for (let i = 0; i < 20; i++) expect(await send(`before_${i}`)).toBe(202);
    // answers are on their way when the store goes: they must be kept until it is back
    regatta.setFaults([{ kind: 'slow', route: 'postback', ms: 400 }]);
    for (let i = 0; i < 10; i++) await send(`flying_${i}`);
    line.cut();
    const { status, json } = await leadline.call('POST', '/api/v1/conversions', order('gone'));
    expect([status, json.error.code]).toEqual([503, 'UNAVAILABLE']);
    expect((await fetch(`${leadline.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${leadline.url}/healthz`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    line.mend();
    regatta.setFaults([]);
    await until('it takes conversions again', async () => (await send('after')) === 202, 20_000);
    const { prisma } = leadline.runtime.ctx.store;
    const done = { externalId: { in: acknowledged }, status: { in: ['delivered', 'duplicate'] } };
    await until(
      'all that was acknowledged is delivered',
      async () => (await prisma.outboxMessage.count({ where: done })) === acknowledged.length,
      40_000,
    );
    for (const externalId of acknowledged) expect(regatta.ledger({ externalId }).tally.leads).toBe(1);
    await leadline.stop();
    line.close();
    await own.drop();
  });
});

describe('practice mode', () => {
  test('refuses to turn the clock under a real network', async () => {
    const env = {
      DATA_DIR: dir,
      PORT: '0',
      LEADLINE_PRACTICE: '1',
      LEADLINE_SECRET: 'x'.repeat(32),
      REGATTA_API_KEY: 'rgt_live_0123456789abcdef0123456789abcdef',
    };
    const runtime = await createRuntime(loadConfig(env), { log: createLog('silent') });
    await expect(runtime.start()).rejects.toThrow(
      /LEADLINE_PRACTICE=1, but the account regatta is at a real network/,
    );
    await runtime.stop();
  });
});
