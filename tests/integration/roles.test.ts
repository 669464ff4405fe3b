import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { TEST_SECRET, temporaryDatabase } from '../factories/test-ctx.ts';
import { openHandle } from '../setup/handle.ts';
import { spawnLeadline } from '../setup/spawn-leadline.ts';
import { until } from '../setup/wait.ts';

test('web and worker as processes of their own on one store: what the one takes in, the other delivers', async () => {
  const regatta = await startPracticeRegatta();
  const seed = seedRegatta(regatta);
  const dir = mkdtempSync(path.join(tmpdir(), 'leadline-roles-'));
  const own = process.env.TEST_DATABASE_URL ? await temporaryDatabase(process.env.TEST_DATABASE_URL) : null;
  const env = {
    DATA_DIR: dir,
    DATABASE_URL: own?.url ?? `file:${path.join(dir, 'leadline.db')}`,
    LEADLINE_SECRET: TEST_SECRET,
    ALLOW_PRIVATE_DESTINATIONS: '127.0.0.1/32',
    REGATTA_API_KEY: seed.apiKey,
    REGATTA_BASE_URL: regatta.baseUrl,
    CAPTURE_ORIGINS: 'https://shop.example',
  };
  const web = await spawnLeadline({ ...env, LEADLINE_ROLE: 'web' });
  const worker = await spawnLeadline({ ...env, LEADLINE_ROLE: 'worker' });
  try {
    const handle = await openHandle(env.DATABASE_URL);
    const { key } = await createApiKey(handle, { name: 'roles', scopes: ['ingest'], actor: SYSTEM });
    const body = {
      externalId: 'order_roles',
      eventType: 'PURCHASE',
      revenueCents: 4900,
      ref: seed.enrollments[0]?.trackingCode,
    };
    const response = await fetch(`${web.url}/api/v1/conversions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(202);
    await until(
      'the worker delivers it',
      () => regatta.ledger({ externalId: 'order_roles' }).tally.leads === 1,
      8_000,
    );
    await handle.store.close();
  } finally {
    expect(await web.stop()).toBe(0);
    expect(await worker.stop()).toBe(0);
    await regatta.stop();
    await own?.drop();
    rmSync(dir, { recursive: true, force: true });
  }
});
