import { describe, expect, test } from 'vitest';
import { startKit } from './test-kit.ts';

describe('keys and accounts', () => {
  test('RG-27 no header is AUTH_MISSING; malformed, unknown and revoked keys are AUTH_INVALID_KEY', async () => {
    const { postback, regatta, seed } = await startKit();
    const missing = await postback({}, null);
    expect([missing.status, missing.json?.error?.code]).toEqual([401, 'AUTH_MISSING']);
    regatta.patchKey(seed.apiKey, { state: 'revoked' });
    for (const key of ['nonsense', 'rgt_live_unknownunknown', seed.apiKey]) {
      const reply = await postback({}, key);
      expect([reply.status, reply.json?.error?.code]).toEqual([401, 'AUTH_INVALID_KEY']);
    }
    expect(regatta.state().leads).toBe(0);
  });

  test('RG-09 during a rotation both keys work, then only the new one', async () => {
    const { postback, regatta, seed } = await startKit();
    const { key } = regatta.createKey();
    expect(key).toMatch(/^rgt_live_/);
    expect((await postback({ externalId: 'a' }, seed.apiKey)).status).toBe(201);
    expect((await postback({ externalId: 'b' }, key)).status).toBe(201);
    regatta.patchKey(seed.apiKey, { state: 'revoked' });
    expect((await postback({ externalId: 'c' }, seed.apiKey)).status).toBe(401);
    expect((await postback({ externalId: 'c' }, key)).status).toBe(201);
  });

  test.each([
    [{ kind: 'AFFILIATE' }, 'FORBIDDEN'],
    [{ emailVerified: false }, 'EMAIL_NOT_VERIFIED'],
    [{ agentStatus: 'SUSPENDED' }, 'AGENT_INACTIVE'],
    [{ agentStatus: 'DELETED' }, 'AGENT_INACTIVE'],
  ] as const)('RG-28 an account with %j is 403 %s on every call', async (patch, code) => {
    const { call, postback, regatta, seed } = await startKit();
    const lead = await postback();
    regatta.patchAgent(patch);
    const { id } = seed.campaigns.springStarter;
    const replies = [
      await postback(),
      await call('GET', `/campaigns/${id}`),
      await call('POST', `/campaigns/${id}/activate`),
      await call('POST', `/leads/${String(lead.json?.data?.id)}/dispute`, { reason: 're_1' }),
    ];
    for (const reply of replies) expect([reply.status, reply.json?.error?.code]).toEqual([403, code]);
  });
});

describe('reading a campaign', () => {
  test('RG-44 the owner gets the campaign with its 8-character base58 test code at data.campaign', async () => {
    const { call, seed } = await startKit();
    const { autumnRefill } = seed.campaigns;
    const reply = await call('GET', `/campaigns/${autumnRefill.id}`);
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      success: true,
      data: {
        campaign: {
          id: autumnRefill.id,
          name: 'Autumn Refill',
          status: 'DRAFT',
          compensationModel: 'CPA',
          payoutPerUnitCents: 1000,
          currency: 'USD',
          holdingPeriodDays: 30,
          budgetCents: 2_500_000,
          testTrackingCode: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{8}$/),
          trackingConfirmedAt: null,
          landingUrl: 'https://shop.example/',
        },
      },
    });
  });

  test('RG-44 a network can be told to put it at data instead; REV_SHARE shows its percentage', async () => {
    const { call, seed } = await startKit({ campaignAt: 'data' });
    const reply = await call('GET', `/campaigns/${seed.campaigns.annualPlan.id}`);
    expect(reply.json?.data).toMatchObject({ compensationModel: 'REV_SHARE', payoutPercentage: 20 });
    expect(reply.json?.data).not.toHaveProperty('payoutPerUnitCents');
  });

  test('RG-44 an unknown campaign is 404, another advertiser’s 403', async () => {
    const { call, regatta, seed } = await startKit();
    expect((await call('GET', '/campaigns/none')).json?.error?.code).toBe('NOT_FOUND');
    const other = regatta.createAdvertiser({ name: 'Somebody else' });
    const { key } = regatta.createKey({ advertiserId: other.id });
    const path = `/campaigns/${seed.campaigns.autumnRefill.id}`;
    expect((await call('GET', path, undefined, key)).json?.error?.code).toBe('FORBIDDEN');
    expect((await call('POST', `${path}/activate`, undefined, key)).json?.error?.code).toBe('FORBIDDEN');
  });
});

describe('confirming and activating', () => {
  test('RG-19 RG-46 RG-49 a test postback confirms once, makes no lead and costs nothing', async () => {
    const { call, postback, regatta, seed } = await startKit();
    const { id, testTrackingCode } = seed.campaigns.autumnRefill;
    const before = regatta.state().advertisers[0]?.availableCents;
    const first = await postback({ rgta_ref: testTrackingCode, revenueCents: undefined });
    expect(first.status).toBe(200);
    expect(first.json?.data).toEqual({
      test: true,
      campaignId: id,
      externalId: 'order_1',
      trackingConfirmedAt: '2026-05-01T12:00:00.000Z',
      message: 'Test postback received — tracking confirmed. You can now activate this campaign.',
    });
    regatta.changeClock({ advanceMs: 60_000 });
    const again = await postback({ rgta_ref: testTrackingCode, externalId: 'order_2' });
    expect(again.json?.data?.trackingConfirmedAt).toBe('2026-05-01T12:00:00.000Z');
    expect(regatta.state().leads).toBe(0);
    expect(regatta.state().advertisers[0]?.availableCents).toBe(before);
    const campaign = (await call('GET', `/campaigns/${id}`)).json?.data?.campaign;
    expect(campaign).toMatchObject({ status: 'DRAFT', trackingConfirmedAt: '2026-05-01T12:00:00.000Z' });
    expect(regatta.ledger({ externalId: 'order_1' }).tally).toMatchObject({ tests: 1, leads: 0 });
  });

  test('RG-46 a REV_SHARE test without revenueCents is refused like any other', async () => {
    const { postback, seed } = await startKit();
    const rgta_ref = seed.campaigns.annualPlan.testTrackingCode;
    const refused = await postback({ rgta_ref, revenueCents: undefined });
    expect(refused.json?.error?.message).toBe(
      'revenueCents is required on postbacks for REV_SHARE campaigns',
    );
    expect((await postback({ rgta_ref })).json?.data?.test).toBe(true);
  });

  test('RG-47 RG-48 activation needs confirmed tracking, then a wallet balance, then answers ACTIVE', async () => {
    const { call, postback, regatta, seed } = await startKit();
    const { id, testTrackingCode } = seed.campaigns.autumnRefill;
    regatta.patchWallet({ availableCents: 0 });
    const path = `/campaigns/${id}/activate`;
    const unconfirmed = await call('POST', path);
    expect(unconfirmed.status).toBe(400);
    expect(unconfirmed.json?.error?.code).toBe('VALIDATION_ERROR');
    expect(unconfirmed.json?.error?.message).toContain('Tracking is not confirmed');
    await postback({ rgta_ref: testTrackingCode });
    const unfunded = await call('POST', path);
    expect(unfunded.status).toBe(400);
    expect(unfunded.json?.error).toEqual({
      code: 'VALIDATION_ERROR',
      message: 'Fund your wallet before activating this campaign',
    });
    regatta.patchWallet({ addCents: 1 });
    const active = await call('POST', path);
    expect(active.status).toBe(200);
    expect(active.json).toEqual({
      success: true,
      data: { id, status: 'ACTIVE', updatedAt: '2026-05-01T12:00:00.000Z' },
    });
  });

  test('RG-49 a re-created campaign has another test code and is not confirmed', async () => {
    const { regatta, postback, seed } = await startKit();
    const { testTrackingCode } = seed.campaigns.autumnRefill;
    await postback({ rgta_ref: testTrackingCode });
    const again = regatta.createCampaign({ name: 'Autumn Refill', payoutPerUnitCents: 1000 });
    expect(again.testTrackingCode).not.toBe(testTrackingCode);
    expect(again.trackingConfirmedAt).toBeNull();
  });
});
