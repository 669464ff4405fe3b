import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startPracticeRegatta } from './index.ts';
import { type Reply, send, startKit } from './test-kit.ts';

/** The body of a control answer, which has no envelope. */
const read = (reply: Reply): Record<string, unknown> => JSON.parse(reply.text) as Record<string, unknown>;

describe('control over HTTP', () => {
  test('RG-44 builds a world from nothing: advertiser, key, campaign, enrollment', async () => {
    const { regatta, control, call } = await startKit({ realNow: () => 0 });
    const advertiser = read(await control('POST', '/advertisers', { name: 'New', availableCents: 5000 }));
    const key = read(await control('POST', '/keys', { advertiserId: advertiser.id }));
    const campaign = read(
      await control('POST', '/campaigns', {
        advertiserId: advertiser.id,
        name: 'Clicks',
        status: 'ACTIVE',
        compensationModel: 'CPC',
        payoutPerUnitCents: 25,
      }),
    );
    const enrollment = read(await control('POST', '/enrollments', { campaignId: campaign.id }));
    expect(enrollment.trackingCode).toMatch(/^[1-9A-HJ-NP-Za-km-z]{8}$/);
    const body = { rgta_ref: enrollment.trackingCode, externalId: 'x', eventType: 'CUSTOM' };
    const reply = await call('POST', '/postback', body, String(key.key));
    expect([reply.status, reply.json?.data?.payoutCents]).toEqual([201, 25]);
    expect(read(await control('GET', '/state'))).toEqual(regatta.state());
  });

  test('RG-25 RG-26 RG-28 changes keys, campaigns, wallet and agent', async () => {
    const { control, regatta, seed } = await startKit();
    const { id } = seed.campaigns.giftCardPush;
    await control('PATCH', `/keys/${seed.apiKey}`, { state: 'revoked' });
    await control('PATCH', `/campaigns/${id}`, { budgetCents: 1, trackingConfirmedAt: null });
    await control('PATCH', '/wallet', { availableCents: 12 });
    await control('PATCH', '/agent', { agentStatus: 'SUSPENDED' });
    const state = regatta.state();
    expect(state.keys[0]?.state).toBe('revoked');
    expect(state.campaigns.find((one) => one.id === id)).toMatchObject({
      name: 'Gift Card Push',
      budgetCents: 1,
      trackingConfirmedAt: null,
    });
    expect(state.advertisers[0]).toMatchObject({ availableCents: 12, agentStatus: 'SUSPENDED' });
  });

  test.each([
    ['POST', '/faults', [{ kind: '503' }], 400, /kind/],
    ['POST', '/faults', [{ kind: '500', remainig: 3 }], 400, /remainig/],
    ['POST', '/clock', { setTo: 'tomorrow' }, 400, /setTo/],
    ['POST', '/campaigns', { name: 'Share', compensationModel: 'REV_SHARE' }, 400, /payoutPercentage/],
    ['PATCH', '/wallet', {}, 400, /availableCents/],
    ['PATCH', '/wallet', { addCents: -999_999_999 }, 400, /balance/],
    ['POST', '/keys', '{"key":', 400, /not valid JSON/],
    ['POST', '/keys', { key: 'sk_live_1' }, 400, /rgt_live_/],
    ['PATCH', '/keys/nobody', { state: 'revoked' }, 404, /No such key/],
    ['POST', '/leads/backdate', { leadId: 'x', acceptedAt: '2026-01-01T00:00:00Z' }, 404, /No lead/],
    ['GET', '/nothing', undefined, 404, /GET \/state/],
  ])('RG-32 %s %s with %j is refused with %i and a reason', async (method, path, body, status, reason) => {
    const { control } = await startKit();
    const reply = await control(method, path, body);
    expect(reply.status).toBe(status);
    expect(read(reply).error).toMatch(reason);
  });

  test('RG-29 a taken tracking code is refused, also a test code', async () => {
    const { regatta, seed } = await startKit();
    const campaignId = seed.campaigns.springStarter.id;
    const trackingCode = seed.campaigns.annualPlan.testTrackingCode;
    expect(() => regatta.createEnrollment({ campaignId, trackingCode })).toThrow('is taken');
    expect(regatta.createEnrollment({ campaignId, trackingCode: 'abc123xyz' }).trackingCode).toBe(
      'abc123xyz',
    );
  });
});

describe('clock', () => {
  test('RG-33 runs with an offset, jumps, stands still and runs on', async () => {
    let real = Date.parse('2026-01-01T00:00:00Z');
    const regatta = await startPracticeRegatta({ realNow: () => real });
    try {
      expect(regatta.now()).toBe(real);
      regatta.changeClock({ advanceMs: 1000 });
      real += 5;
      expect(regatta.now()).toBe(real + 1000);
      regatta.changeClock({ freeze: true });
      real += 60_000;
      expect(regatta.now()).toBe(real - 59_000);
      expect(regatta.changeClock({ setTo: '2030-01-01T00:00:00+01:00' })).toMatchObject({
        now: '2029-12-31T23:00:00.000Z',
        frozen: true,
      });
      regatta.changeClock({ freeze: false });
      real += 7;
      expect(new Date(regatta.now()).toISOString()).toBe('2029-12-31T23:00:00.007Z');
      expect(regatta.changeClock({ offsetMs: 0 })).toMatchObject({ offsetMs: 0, frozen: false });
      expect(regatta.now()).toBe(real);
    } finally {
      await regatta.stop();
    }
  });
});

describe('ledger', () => {
  test('RG-32 keeps whole requests up to its cap and exact counts beyond it', async () => {
    const { postback, control, regatta, seed } = await startKit({ keepRequests: 3 });
    for (let index = 0; index < 5; index++) await postback({ externalId: `order_${index}` });
    await postback({ externalId: 'order_0' });
    await postback({ externalId: 'order_0', metadata: { text: 'x'.repeat(9000) } });
    const all = regatta.ledger();
    expect(all.tally).toMatchObject({ requests: 7, leads: 5, duplicates: 2 });
    expect(all.externalIds).toBe(5);
    expect(all.requests.map((one) => one.externalId)).toEqual(['order_4', 'order_0', 'order_0']);
    expect(all.requests[0]).toMatchObject({
      at: '2026-05-01T12:00:00.000Z',
      route: 'postback',
      status: 201,
      effect: 'lead_created',
      keyHint: `rgt_live_…${seed.apiKey.slice(-4)}`,
      bodyCut: false,
    });
    expect(JSON.stringify(all)).not.toContain(seed.apiKey);
    expect(all.requests[2]).toMatchObject({ bodyCut: true, effect: 'duplicate' });
    expect(all.requests[2]?.body).toHaveLength(4096);
    const one = read(await control('GET', '/ledger?externalId=order_0'));
    expect(one.tally).toMatchObject({ requests: 3, leads: 1, duplicates: 2 });
    expect(one.leads).toHaveLength(1);
    expect(read(await control('GET', '/ledger?externalId=never')).tally).toMatchObject({ requests: 0 });
  });
});

describe('what is no part of the guide', () => {
  test('RG-23 unknown paths and methods answer HTML, marked as practice', async () => {
    const { call, regatta } = await startKit();
    const wrongMethod = await call('GET', '/postback');
    const wrongPath = await call('POST', '/v2/postback', {});
    expect([wrongMethod.status, wrongPath.status]).toEqual([405, 404]);
    for (const reply of [wrongMethod, wrongPath]) {
      expect(reply.json).toBeUndefined();
      expect(reply.headers.get('x-practice-network')).toBe('regatta');
    }
    expect(regatta.ledger().byRoute).toMatchObject({ postback: 1, other: 1 });
  });

  test('RG-51 the landing page and the linked dashboard pages say that this is practice', async () => {
    const { regatta, seed } = await startKit();
    const campaign = regatta.createCampaign({ name: '<b>Bold</b>', payoutPerUnitCents: 1 });
    for (const path of ['/', '/dashboard/settings', `/dashboard/campaigns/${campaign.id}`]) {
      const reply = await send(`${regatta.url}${path}`, 'GET', undefined, undefined);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('content-type')).toContain('text/html');
      expect(reply.headers.get('x-practice-network')).toBe('regatta');
      expect(reply.text).toContain('This is not regatta.network');
      expect(reply.text).not.toContain('<b>Bold');
    }
    const settings = await send(`${regatta.url}/dashboard/settings`, 'GET', undefined, undefined);
    expect(settings.text).toContain(seed.apiKey);
  });

  test('RG-08 bytes that are not HTTP get a 400 that is marked too', async () => {
    const { regatta } = await startKit();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(regatta.port, '127.0.0.1', () => socket.end('nonsense\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk))).on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nx-practice-network: regatta/);
  });

  test('RG-08 a taken port is an error, and a stopped network answers nobody', async () => {
    const { regatta } = await startKit();
    await expect(startPracticeRegatta({ port: regatta.port })).rejects.toThrow('EADDRINUSE');
    const other = await startPracticeRegatta();
    await other.stop();
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });
});
