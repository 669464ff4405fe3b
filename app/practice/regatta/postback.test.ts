import { describe, expect, test } from 'vitest';
import { startKit } from './test-kit.ts';

describe('new leads and duplicates', () => {
  test('RG-08 RG-18 RG-20 answers 201 with the guide’s fields and marks itself as practice', async () => {
    const { postback, seed, regatta, codeOf } = await startKit();
    const reply = await postback();
    expect(reply.status).toBe(201);
    expect(reply.headers.get('x-practice-network')).toBe('regatta');
    const [lead] = regatta.leads({ externalId: 'order_1' });
    expect(reply.json?.success).toBe(true);
    expect(reply.json?.data).toMatchObject({
      id: lead?.id,
      status: 'VERIFIED',
      externalId: 'order_1',
      trackingCode: codeOf(seed.campaigns.springStarter.id),
      payoutCents: 1000,
      currency: 'USD',
      campaignId: seed.campaigns.springStarter.id,
      affiliateId: seed.enrollments[0]?.affiliateId,
    });
    expect(lead?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('RG-14 RG-18 the same externalId again is 200 with the same lead and pays once', async () => {
    const { postback, regatta, seed } = await startKit();
    const before = regatta.state().advertisers[0]?.availableCents ?? 0;
    const first = await postback();
    const again = await postback({ revenueCents: 1, eventType: 'SIGNUP' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toEqual(first.json);
    const state = regatta.state();
    expect(state.leads).toBe(1);
    expect(state.advertisers[0]?.availableCents).toBe(before - 1000);
    expect(state.campaigns.find((one) => one.id === seed.campaigns.springStarter.id)?.spentCents).toBe(1000);
  });

  test.each([
    ['paused', { status: 'PAUSED' }],
    ['out of budget', { budgetCents: 1000 }],
    ['without escrow', { hasEscrowAccount: false }],
  ] as const)('RG-14 a known lead is returned when its campaign is %s', async (_name, patch) => {
    const { postback, regatta, seed } = await startKit();
    const first = await postback();
    regatta.patchCampaign(seed.campaigns.springStarter.id, patch);
    expect((await postback({ externalId: 'order_2' })).status).toBe(400);
    const again = await postback();
    expect(again.status).toBe(200);
    expect(again.json).toEqual(first.json);
  });

  test('RG-14 the same externalId in two campaigns makes two leads', async () => {
    const { postback, regatta, seed, codeOf } = await startKit();
    const first = await postback();
    const other = await postback({ rgta_ref: codeOf(seed.campaigns.giftCardPush.id) });
    expect([first.status, other.status]).toEqual([201, 201]);
    expect(other.json?.data?.campaignId).toBe(seed.campaigns.giftCardPush.id);
    expect(regatta.ledger({ externalId: 'order_1' }).leads).toHaveLength(2);
  });

  test('RG-14 a hundred concurrent requests for one conversion make one lead', async () => {
    const { postback, regatta } = await startKit();
    const replies = await Promise.all(Array.from({ length: 100 }, () => postback()));
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(99);
    expect(regatta.ledger({ externalId: 'order_1' }).tally).toMatchObject({
      requests: 100,
      leads: 1,
      duplicates: 99,
    });
  });
});

describe('tracking codes', () => {
  test('RG-29 RG-06 a code changed in case or whitespace is 404 NOT_FOUND without details', async () => {
    const { postback, seed, codeOf } = await startKit();
    const code = codeOf(seed.campaigns.springStarter.id);
    const swapped = code.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    expect(swapped).not.toBe(code);
    for (const rgta_ref of [swapped, `${code} `, ` ${code}`, 'M4TSbpS8']) {
      const reply = await postback({ rgta_ref });
      expect(reply.status).toBe(404);
      expect(reply.json?.error?.code).toBe('NOT_FOUND');
      expect(reply.json?.error).not.toHaveProperty('details');
    }
  });

  test('RG-28 a code of another advertiser’s campaign is 403 FORBIDDEN', async () => {
    const { postback, regatta } = await startKit();
    const other = regatta.createAdvertiser({ name: 'Somebody else', availableCents: 100 });
    const { key } = regatta.createKey({ advertiserId: other.id });
    const reply = await postback({}, key);
    expect(reply.status).toBe(403);
    expect(reply.json?.error?.code).toBe('FORBIDDEN');
  });
});

describe('field validation', () => {
  const long = (length: number): string => 'x'.repeat(length);
  test.each([
    ['RG-10', 'rgta_ref', undefined],
    ['RG-10', 'rgta_ref', ''],
    ['RG-10', 'rgta_ref', long(65)],
    ['RG-10', 'externalId', undefined],
    ['RG-10', 'externalId', ''],
    ['RG-10', 'externalId', long(256)],
    ['RG-10', 'externalId', 42],
    ['RG-10', 'eventType', undefined],
    ['RG-10', 'eventType', 'purchase'],
    ['RG-11', 'revenueCents', 99.5],
    ['RG-11', 'revenueCents', -1],
    ['RG-11', 'revenueCents', '9900'],
    ['RG-11', 'revenueCents', null],
    ['RG-12', 'metadata', 'plan'],
    ['RG-12', 'metadata', ['plan']],
  ])('RG-23 %s refuses %s = %j with details that name the field', async (_id, field, value) => {
    const { postback, regatta } = await startKit();
    const reply = await postback({ [field]: value });
    expect(reply.status).toBe(400);
    expect(reply.json?.error?.code).toBe('VALIDATION_ERROR');
    expect(reply.json?.error?.details).toEqual([
      expect.objectContaining({ code: expect.any(String), path: [field], message: expect.any(String) }),
    ]);
    expect(regatta.state().leads).toBe(0);
  });

  test('RG-10 RG-12 takes every event type, the longest ids and metadata', async () => {
    const { postback } = await startKit();
    for (const eventType of ['PURCHASE', 'SIGNUP', 'INSTALL', 'SUBSCRIPTION', 'CUSTOM']) {
      const externalId = `${eventType}${long(255 - eventType.length)}`;
      const reply = await postback({ eventType, externalId, metadata: { plan: { tier: ['pro', 1] } } });
      expect(reply.status).toBe(201);
      expect(reply.json?.data).toMatchObject({ payoutCents: 1000 });
    }
  });

  test('RG-23 a body that is not JSON is a 400, one over 1 MB a 413 that is not JSON', async () => {
    const { call, regatta } = await startKit();
    const broken = await call('POST', '/postback', '{"rgta_ref":');
    expect(broken.status).toBe(400);
    expect(broken.json?.error?.code).toBe('VALIDATION_ERROR');
    const large = await call('POST', '/postback', { metadata: { text: long(1_048_576) } });
    expect(large.status).toBe(413);
    expect(large.json).toBeUndefined();
    expect(regatta.ledger().tally).toMatchObject({ requests: 2, refused: 2 });
  });
});

describe('service checks, without details', () => {
  test.each([
    [{ status: 'DRAFT' }, 'VALIDATION_ERROR', 'Campaign is not active'],
    [{ status: 'PAUSED' }, 'VALIDATION_ERROR', 'Campaign is not active'],
    [{ hasEscrowAccount: false }, 'VALIDATION_ERROR', 'Campaign has no escrow account'],
  ] as const)('RG-24 %j is refused with %s "%s"', async (patch, code, message) => {
    const { postback, regatta, seed } = await startKit();
    regatta.patchCampaign(seed.campaigns.springStarter.id, patch);
    const reply = await postback();
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual({ success: false, error: { code, message } });
  });

  test('RG-24 RG-11 REV_SHARE needs revenueCents, a flat fee does not', async () => {
    const { postback, seed, codeOf } = await startKit();
    const share = await postback({
      rgta_ref: codeOf(seed.campaigns.annualPlan.id),
      revenueCents: undefined,
    });
    expect(share.status).toBe(400);
    expect(share.json?.error).toEqual({
      code: 'VALIDATION_ERROR',
      message: 'revenueCents is required on postbacks for REV_SHARE campaigns',
    });
    expect((await postback({ revenueCents: undefined })).status).toBe(201);
  });
});

describe('payout, budget and wallet', () => {
  test.each([
    [9900, 20, 1980],
    [0, 20, 0],
    [1, 20, 0],
    [3, 20, 1],
    [1005, 12.5, 126],
    [333, 33.33, 111],
  ])('RG-22 REV_SHARE pays %i × %d %% = %i', async (revenueCents, payoutPercentage, payoutCents) => {
    const { postback, regatta, seed, codeOf } = await startKit();
    const { id } = seed.campaigns.annualPlan;
    regatta.patchCampaign(id, { payoutPercentage });
    const reply = await postback({ rgta_ref: codeOf(id), revenueCents });
    expect(reply.json?.data?.payoutCents).toBe(payoutCents);
  });

  test('RG-25 RG-50 the budget cap stops conversions, also with a full wallet', async () => {
    const { postback, regatta, seed } = await startKit();
    const { id } = seed.campaigns.springStarter;
    regatta.patchCampaign(id, { budgetCents: 1999 });
    expect((await postback({ externalId: 'a' })).status).toBe(201);
    const refused = await postback({ externalId: 'b' });
    expect(refused.status).toBe(400);
    expect(refused.json?.error?.code).toBe('CAMPAIGN_BUDGET_EXHAUSTED');
    regatta.patchWallet({ addCents: 1_000_000 });
    expect((await postback({ externalId: 'b' })).json?.error?.code).toBe('CAMPAIGN_BUDGET_EXHAUSTED');
    regatta.patchCampaign(id, { budgetCents: 2000 });
    expect((await postback({ externalId: 'b' })).status).toBe(201);
  });

  test('RG-26 RG-50 an empty wallet stops conversions until it is topped up', async () => {
    const { postback, regatta } = await startKit();
    regatta.patchWallet({ availableCents: 1999 });
    expect((await postback({ externalId: 'a' })).status).toBe(201);
    const refused = await postback({ externalId: 'b' });
    expect(refused.status).toBe(400);
    expect(refused.json?.error?.code).toBe('ADVERTISER_WALLET_INSUFFICIENT_BALANCE');
    expect(regatta.patchWallet({ addCents: 1 }).availableCents).toBe(1000);
    expect((await postback({ externalId: 'b' })).status).toBe(201);
    expect(regatta.state().advertisers[0]?.availableCents).toBe(0);
  });
});
