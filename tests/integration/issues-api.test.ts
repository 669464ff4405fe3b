import { expect, test } from 'vitest';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { startLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

test('the API lists causes, tells one, and changes it, each by its scope', async () => {
  const regatta = await startPracticeRegatta();
  const leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seedRegatta(regatta).apiKey,
  });
  try {
    const sent = await leadline.call('POST', '/api/v1/conversions', {
      externalId: 'order-1',
      eventType: 'PURCHASE',
      ref: 'NoSuchCd',
    });
    expect(sent.status).toBe(202);
    const listed = () => leadline.call('GET', '/api/v1/issues?state=open&order=money');
    const item = await until('the issue', async () => (await listed()).json.data.items[0]);
    expect(item).toMatchObject({
      network: 'regatta',
      errorCode: 'NOT_FOUND',
      httpStatus: 404,
      state: 'open',
      counts: { failed: 1, exhausted: 0, parked: 0 },
      unpaid: [],
      unpaidUnknown: 1,
      explanation: { who: 'developer' },
    });
    const path = `/api/v1/issues/${item.id}`;
    const one = (await leadline.call('GET', path)).json.data;
    expect(one).toMatchObject({
      oldest: [{ externalId: 'order-1', status: 'failed' }],
      events: [{ kind: 'opened' }],
    });
    expect(one).not.toHaveProperty('people');
    const post = (body: unknown) => leadline.call('POST', path, body);
    expect((await post({ state: 'acknowledged', note: 'Asked the partner' })).json.data).toMatchObject({
      state: 'acknowledged',
      events: [{ kind: 'note', body: 'Asked the partner', actorName: 'test' }, { kind: 'acknowledged' }, {}],
    });
    expect((await post({ state: 'ignored', above: 5 })).json.data).toMatchObject({
      state: 'ignored',
      ignoreAbove: 5,
    });
    for (const wrong of [
      {},
      { state: 'gone' },
      { above: 5 },
      { state: 'ignored', above: 0 },
      { note: '' },
      { more: 1 },
    ])
      expect([wrong, (await post(wrong)).status]).toEqual([wrong, 400]);
    expect((await post({ state: 'ignored' })).status).toBe(409);
    expect((await leadline.call('POST', '/api/v1/issues/iss_none', { state: 'open' })).status).toBe(404);
    expect((await leadline.call('GET', '/api/v1/issues?cursor=x')).json.error.code).toBe('VALIDATION_ERROR');
    expect((await leadline.call('GET', '/api/v1/issues?network=nowhere')).status).toBe(400);
    const { key } = await createApiKey(leadline.runtime.ctx, {
      name: 'reader',
      scopes: ['read'],
      actor: SYSTEM,
    });
    const reader = { authorization: `Bearer ${key}` };
    expect((await leadline.call('GET', path, undefined, reader)).status).toBe(200);
    expect((await leadline.call('POST', path, { state: 'open' }, reader)).status).toBe(403);
  } finally {
    await leadline.stop();
    await regatta.stop();
  }
});
