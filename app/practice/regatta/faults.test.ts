import { describe, expect, test } from 'vitest';
import type { FaultInput } from './index.ts';
import { type Kit, startKit } from './test-kit.ts';

/** Sends a postback that may never be answered; `stop` gives up on it. */
function startPostback(kit: Kit, externalId: string): { answer: Promise<Response>; stop: () => void } {
  const aborter = new AbortController();
  const answer = fetch(`${kit.regatta.baseUrl}/postback`, {
    method: 'POST',
    redirect: 'manual',
    signal: aborter.signal,
    headers: { authorization: `Bearer ${kit.seed.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      rgta_ref: kit.codeOf(kit.seed.campaigns.springStarter.id),
      externalId,
      eventType: 'PURCHASE',
    }),
  });
  answer.catch(() => {}); // looked at later, by the test
  return { answer, stop: () => aborter.abort() };
}

const arrived = (kit: Kit, externalId: string): number => kit.regatta.ledger({ externalId }).tally.requests;
const leadsOf = (kit: Kit, externalId: string): number => kit.regatta.ledger({ externalId }).leads.length;

describe('answers that say nothing good', () => {
  test.each([
    [false, 0, 201],
    [true, 1, 200],
  ])(
    'RG-30 a 500 with afterWork %s leaves %i leads and the retry gets %i',
    async (afterWork, leads, retry) => {
      const kit = await startKit({ faults: [{ kind: '500', afterWork, remaining: 1 }] });
      const reply = await kit.postback();
      expect(reply.status).toBe(500);
      expect(reply.json?.error?.code).toBe('INTERNAL_ERROR');
      expect(reply.headers.get('x-practice-network')).toBe('regatta');
      expect(leadsOf(kit, 'order_1')).toBe(leads);
      expect((await kit.postback()).status).toBe(retry);
      expect(leadsOf(kit, 'order_1')).toBe(1);
    },
  );

  test('RG-31 a 429 carries Retry-After in seconds and does no work', async () => {
    const kit = await startKit({ faults: [{ kind: '429', retryAfterSeconds: 17 }] });
    const reply = await kit.postback();
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '17']);
    expect(reply.json?.success).toBe(false);
    expect(kit.regatta.state().leads).toBe(0);
  });

  test('RG-31 a redirect points elsewhere, where the ledger would show a key that followed', async () => {
    const kit = await startKit({ faults: [{ kind: 'redirect' }] });
    const reply = await kit.postback();
    expect([reply.status, reply.headers.get('location')]).toEqual([307, '/moved']);
    expect(kit.regatta.ledger().byRoute.other).toBe(0);
    await kit.call('POST', '/../../moved', { followed: true });
    expect(kit.regatta.ledger().byRoute.other).toBe(1);
    expect(kit.regatta.ledger().requests.at(-1)).toMatchObject({
      route: 'other',
      path: '/moved',
      keyHint: `rgt_live_…${kit.seed.apiKey.slice(-4)}`,
    });
  });

  test.each([
    [{ kind: 'not_json' }, 502, 0],
    [{ kind: 'not_json', status: 200, afterWork: true }, 200, 1],
  ] as [FaultInput, number, number][])('RG-23 %j answers HTML with %i', async (fault, status, leads) => {
    const kit = await startKit({ faults: [fault] });
    const reply = await kit.postback();
    expect(reply.status).toBe(status);
    expect(reply.json).toBeUndefined();
    expect(reply.text).toContain('<!doctype html>');
    expect(kit.regatta.state().leads).toBe(leads);
  });
});

describe('answers out of shape', () => {
  test('RG-32 a huge answer is over 64 KB, starts as the real one and is still JSON', async () => {
    const kit = await startKit({ faults: [{ kind: 'huge', bytes: 70_000 }] });
    const reply = await kit.postback();
    expect(reply.status).toBe(201);
    expect(reply.text).toHaveLength(70_000);
    const id = kit.regatta.leads()[0]?.id;
    expect(reply.text.startsWith(`{"success":true,"data":{"id":"${id}"`)).toBe(true);
    expect(reply.json?.data?.id).toBe(id);
  });

  test('RG-30 a truncated answer promises more than it sends, after the work', async () => {
    const kit = await startKit({ faults: [{ kind: 'truncated', remaining: 1 }] });
    const response = await startPostback(kit, 'order_1').answer;
    expect(response.status).toBe(201);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(200);
    await expect(response.text()).rejects.toThrow();
    expect(kit.regatta.ledger({ externalId: 'order_1' }).tally).toMatchObject({ leads: 1, unanswered: 1 });
    expect((await kit.postback()).status).toBe(200);
  });

  test('RG-21 RG-20 alter_data changes fields of the answer but not the lead', async () => {
    const kit = await startKit({
      faults: [{ kind: 'alter_data', data: { trackingCode: 'ZZZZZZZZ', surprise: [1] } }],
    });
    const reply = await kit.postback();
    expect(reply.json?.data).toMatchObject({ trackingCode: 'ZZZZZZZZ', surprise: [1], payoutCents: 1000 });
    expect(kit.regatta.leads()[0]?.trackingCode).toBe(kit.codeOf(kit.seed.campaigns.springStarter.id));
  });
});

describe('answers that never come', () => {
  test.each([
    ['reset_before_work', 0, 201],
    ['reset_after_work', 1, 200],
  ] as const)('RG-30 RG-33 %s breaks the connection with %i leads made', async (kind, leads, retry) => {
    const kit = await startKit({ faults: [{ kind, remaining: 1 }] });
    await expect(startPostback(kit, 'order_1').answer).rejects.toThrow('fetch failed');
    expect(leadsOf(kit, 'order_1')).toBe(leads);
    expect(kit.regatta.ledger({ externalId: 'order_1' }).requests[0]).toMatchObject({
      status: null,
      fault: kind,
    });
    expect((await kit.postback()).status).toBe(retry);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('RG-30 a timeout with afterWork %s never answers, having made %i leads', async (afterWork, leads) => {
    const kit = await startKit({ faults: [{ kind: 'timeout', afterWork }] });
    const { answer, stop } = startPostback(kit, 'order_1');
    await expect.poll(() => arrived(kit, 'order_1')).toBe(1);
    expect(leadsOf(kit, 'order_1')).toBe(leads);
    expect(kit.regatta.ledger().tally.unanswered).toBe(1);
    stop();
    await expect(answer).rejects.toThrow('abort');
  });

  test('RG-30 a slow answer comes late, the work is done at once', async () => {
    const kit = await startKit({ faults: [{ kind: 'slow', ms: 600_000, remaining: 1 }] });
    const late = startPostback(kit, 'order_1');
    await expect.poll(() => leadsOf(kit, 'order_1')).toBe(1);
    late.stop();
    await expect(late.answer).rejects.toThrow('abort');
    kit.regatta.setFaults([{ kind: 'slow', ms: 1 }]);
    expect((await kit.postback()).status).toBe(200);
  });
});

describe('scope', () => {
  test('RG-30 a fault with remaining 3 breaks three requests and is gone', async () => {
    const kit = await startKit();
    expect((await kit.control('POST', '/faults', [{ kind: '500', remaining: 3 }])).status).toBe(200);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt++) statuses.push((await kit.postback()).status);
    expect(statuses).toEqual([500, 500, 500, 201, 200]);
    expect(kit.regatta.faults()).toEqual([]);
  });

  test('RG-30 a fault hits only its route, its externalId and its ref', async () => {
    const kit = await startKit();
    const { springStarter, giftCardPush } = kit.seed.campaigns;
    const ref = kit.codeOf(giftCardPush.id);
    kit.regatta.setFaults([
      { kind: '500', route: 'postback', ref },
      { kind: '500', route: 'dispute', externalId: 'bad' },
      { kind: '500', route: 'campaign' },
    ]);
    expect((await kit.postback({ rgta_ref: ref })).status).toBe(500);
    const bad = await kit.postback({ externalId: 'bad' });
    const good = await kit.postback({ externalId: 'good' });
    const path = (reply: typeof bad): string => `/leads/${String(reply.json?.data?.id)}/dispute`;
    expect((await kit.call('POST', path(bad), { reason: 're_1' })).status).toBe(500);
    expect((await kit.call('POST', path(good), { reason: 're_1' })).status).toBe(200);
    expect((await kit.call('GET', `/campaigns/${springStarter.id}`)).status).toBe(500);
    expect((await kit.call('POST', `/campaigns/${springStarter.id}/activate`)).status).toBe(200);
    expect((await kit.control('DELETE', '/faults')).status).toBe(200);
    expect((await kit.call('GET', `/campaigns/${springStarter.id}`)).status).toBe(200);
  });

  test('RG-30 a probability breaks some requests, the same ones for the same seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const kit = await startKit({ seed, faults: [{ kind: '500', probability: 0.5 }] });
      const statuses: number[] = [];
      for (let index = 0; index < 40; index++) {
        statuses.push((await kit.postback({ externalId: `order_${index}` })).status);
      }
      return statuses;
    };
    const first = await run(7);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(5);
    expect(first.filter((status) => status === 201).length).toBeGreaterThan(5);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });
});
