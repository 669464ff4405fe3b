import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TurnableClock } from '#app/platform/clock.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;
let clock: TurnableClock;
let code: string;
let number = 0;

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  clock = new TurnableClock();
  leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seed.apiKey,
    clock,
    env: { REQUEST_TIMEOUT_SECONDS: '1' },
  });
  code = seed.enrollments.find((e) => e.campaignId === seed.campaigns.springStarter.id)?.trackingCode ?? '';
});
afterEach(async () => {
  await leadline.stop();
  await regatta.stop();
});

const report = async (fields: Record<string, unknown> = {}) => {
  const externalId = `order_${++number}`;
  const { status, json } = await leadline.call('POST', '/api/v1/conversions', {
    externalId,
    eventType: 'PURCHASE',
    revenueCents: 4900,
    currency: 'USD',
    ref: code,
    ...fields,
  });
  expect(status).toBe(202);
  return { externalId, ...(json.data as { id: string; postbackId: string; status: string }) };
};
const message = (id: string) =>
  leadline.runtime.ctx.store.prisma.outboxMessage.findUniqueOrThrow({ where: { id } });
const attempts = (id: string) =>
  leadline.runtime.ctx.store.prisma.attempt.findMany({
    where: { messageId: id },
    orderBy: { number: 'asc' },
  });
const settled = (id: string, status: string) =>
  until(`${id} ${status}`, async () => ((await message(id)).status === status ? message(id) : null));
/** Turns the clock past the next step of the ladder and lets the worker look. */
const nextStep = (ms: number) => {
  clock.advance(ms);
  leadline.runtime.worker?.wake();
};

describe('delivery', () => {
  test('RG-18 RG-20 a 201 is a new lead with all that the network said', async () => {
    const { postbackId, id } = await report();
    const row = await settled(postbackId, 'delivered');
    expect(row).toMatchObject({
      attempts: 1,
      httpStatus: 201,
      errorCode: null,
      payoutCents: 1000n,
      currency: 'USD',
    });
    const lead = await leadline.runtime.ctx.store.prisma.lead.findFirstOrThrow({
      where: { conversionId: id },
    });
    expect(lead).toMatchObject({
      trackingCode: code,
      payoutCents: 1000n,
      currency: 'USD',
      status: 'VERIFIED',
      holdState: 'pending_release',
      networkCampaignId: seed.campaigns.springStarter.id,
    });
  });

  test('RG-06 RG-32 a tracking code with spaces, emoji and other case leaves byte for byte, and the answer is kept', async () => {
    const ref = ' m4tSBPs8 🙂é\t';
    const { postbackId } = await report({ ref });
    const row = await settled(postbackId, 'failed');
    expect(row.errorCode).toBe('NOT_FOUND');
    const [attempt] = await attempts(postbackId);
    expect(JSON.parse(attempt?.requestBody ?? '').rgta_ref).toBe(ref);
    expect(attempt?.responseStatus).toBe(404);
    expect(JSON.parse(attempt?.responseBody ?? '').error.code).toBe('NOT_FOUND');
  });

  test('RG-09 the key is in no row', async () => {
    const { postbackId } = await report();
    await settled(postbackId, 'delivered');
    const [attempt] = await attempts(postbackId);
    expect(JSON.stringify(attempt)).not.toContain(seed.apiKey);
    expect(attempt?.requestHeaders).toContain(seed.apiKey.slice(-4));
    const account = await leadline.runtime.ctx.store.prisma.networkAccount.findFirstOrThrow();
    expect(JSON.stringify(account)).not.toContain(seed.apiKey);
  });

  test('RG-30 a network that fails is tried six times along the ladder with one externalId, then it is exhausted', async () => {
    regatta.setFaults([{ kind: '500', route: 'postback' }]);
    const { postbackId, externalId } = await report();
    const steps = [1, 5, 30, 300, 3600];
    for (const [i, seconds] of steps.entries()) {
      const row = await until(`attempt ${i + 1}`, async () => {
        const now = await message(postbackId);
        return now.status === 'retrying' && now.attempts === i + 1 ? now : null;
      });
      const last = (await attempts(postbackId)).at(-1);
      const waits = row.dueAt.getTime() - (last?.startedAt.getTime() ?? 0);
      expect(waits).toBeGreaterThanOrEqual(seconds * 1000);
      expect(waits).toBeLessThan(seconds * 1100 + 3000);
      nextStep(seconds * 1000 + 50);
    }
    await settled(postbackId, 'exhausted');
    const made = await attempts(postbackId);
    expect(made.map((a) => a.outcome)).toEqual(Array(6).fill('retryable'));
    expect(new Set(made.map((a) => JSON.parse(a.requestBody ?? '').externalId))).toEqual(
      new Set([externalId]),
    );
  });

  test('RG-30 a retry after the work was done is answered as a duplicate and completes the lead', async () => {
    regatta.setFaults([{ kind: 'reset_after_work', route: 'postback', remaining: 1 }]);
    const { postbackId, id, externalId } = await report();
    await settled(postbackId, 'retrying');
    const [first] = await attempts(postbackId);
    nextStep(1100);
    const row = await settled(postbackId, 'duplicate');
    expect(row.attempts).toBe(2);
    expect(regatta.ledger({ externalId }).tally).toMatchObject({ leads: 1, duplicates: 1 });
    const lead = await leadline.runtime.ctx.store.prisma.lead.findFirstOrThrow({
      where: { conversionId: id },
    });
    expect(lead.heldSince, 'RG-33 the hold counts from the attempt that may have created the lead').toEqual(
      first?.startedAt,
    );
  });

  test.each([
    ['RG-30 no answer within the deadline', { kind: 'timeout' }, 'TIMEOUT'],
    ['RG-30 the connection breaks', { kind: 'reset_before_work' }, 'RESET'],
    ['RG-23 an answer that is not JSON', { kind: 'not_json', status: 502 }, 'NOT_JSON'],
    ['an answer cut short', { kind: 'truncated' }, 'INCOMPLETE_RESPONSE'],
  ] as const)('%s is kept, named and retried', async (_name, fault, code) => {
    regatta.setFaults([{ ...fault, route: 'postback', remaining: 1 }]);
    const { postbackId } = await report();
    const row = await settled(postbackId, 'retrying');
    expect(row.errorCode).toBe(code);
    nextStep(1100);
    await until('delivered in the end', async () =>
      ['delivered', 'duplicate'].includes((await message(postbackId)).status),
    );
  });

  test('RG-31 429 waits as long as Retry-After says when that is longer than the step', async () => {
    regatta.setFaults([{ kind: '429', route: 'postback', remaining: 1, retryAfterSeconds: 40 }]);
    const { postbackId } = await report();
    const row = await settled(postbackId, 'retrying');
    expect(row.dueAt.getTime() - clock.now()).toBeGreaterThan(38_000);
  });

  test('RG-31 a redirect is an error and is not followed', async () => {
    regatta.setFaults([{ kind: 'redirect', route: 'postback', remaining: 1 }]);
    const { postbackId, externalId } = await report();
    expect((await settled(postbackId, 'failed')).errorCode).toBe('REDIRECT');
    expect(regatta.ledger({ externalId }).tally.leads).toBe(0);
  });

  test('RG-32 a huge answer is kept up to 64 KB and marked as cut', async () => {
    regatta.setFaults([{ kind: 'huge', route: 'postback', remaining: 1 }]);
    const { postbackId } = await report();
    await until('an attempt', async () => (await attempts(postbackId)).length > 0);
    const [attempt] = await attempts(postbackId);
    expect(attempt?.truncated).toBe(true);
    expect(Buffer.byteLength(attempt?.responseBody ?? '')).toBeLessThanOrEqual(64 * 1024);
    expect(attempt?.responseBytes).toBeGreaterThan(64 * 1024);
  });

  test('RG-19 a test conversion opens no lead and confirms the campaign', async () => {
    const campaign = seed.campaigns.autumnRefill;
    const { postbackId, id } = await report({ ref: campaign.testTrackingCode });
    await settled(postbackId, 'test');
    expect(await leadline.runtime.ctx.store.prisma.lead.count({ where: { conversionId: id } })).toBe(0);
    const known = await leadline.runtime.ctx.store.prisma.campaign.findFirstOrThrow({
      where: { networkCampaignId: campaign.id },
    });
    expect(known).toMatchObject({ confirmedBy: 'shop' });
    expect(known.trackingConfirmedAt).not.toBeNull();
  });

  test('RG-31 a refused postback is retried by hand after the fix: the same message, the same externalId', async () => {
    regatta.patchCampaign(seed.campaigns.springStarter.id, { status: 'PAUSED' });
    const { postbackId, externalId } = await report();
    expect(await settled(postbackId, 'failed')).toMatchObject({
      errorCode: 'VALIDATION_ERROR',
      errorMessage: 'Campaign is not active',
    });
    regatta.patchCampaign(seed.campaigns.springStarter.id, { status: 'ACTIVE' });
    const { retryMessage } = await import('#app/modules/outbox/index.server.ts');
    const { SYSTEM } = await import('#app/platform/context.server.ts');
    await retryMessage(leadline.runtime.ctx, { id: postbackId, actor: SYSTEM });
    expect(await settled(postbackId, 'delivered')).toMatchObject({ attempts: 2 });
    expect(regatta.ledger({ externalId }).tally.leads).toBe(1);
    await expect(retryMessage(leadline.runtime.ctx, { id: postbackId, actor: SYSTEM })).rejects.toThrow(
      /already has this conversion/,
    );
  });

  test('a clock that was turned leaves no stale alarm: what is due in a second leaves in a second', async () => {
    clock.setOffset(-30 * 86_400_000);
    leadline.runtime.worker?.wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
    clock.setOffset(0);
    regatta.setFaults([{ kind: '500', route: 'postback', remaining: 1 }]);
    const { postbackId } = await report();
    await settled(postbackId, 'retrying');
    await until(
      'the retry after one second',
      async () => (await message(postbackId)).status === 'delivered',
      6_000,
    );
  });

  test('a graceful stop lets what is under way finish: no attempt lost, none doubled', async () => {
    regatta.setFaults([{ kind: 'slow', route: 'postback', ms: 300 }]);
    const { postbackId, externalId } = await report();
    await leadline.runtime.worker?.stop();
    expect((await message(postbackId)).status).toBe('delivered');
    expect(await attempts(postbackId)).toHaveLength(1);
    expect(regatta.ledger({ externalId }).tally).toMatchObject({ requests: 1, leads: 1 });
  });
});

test('a network that hangs on most of what it is sent does not hold up what is due beside it', async () => {
  const slow = await startPracticeRegatta();
  const slowSeed = seedRegatta(slow, { availableCents: 1e9 });
  const ref = slowSeed.enrollments[0]?.trackingCode;
  const own = await startLeadline({ regattaBaseUrl: slow.baseUrl, regattaKey: slowSeed.apiKey });
  // 200 of 256 places hang; the rest must go on being used
  slow.setFaults([{ kind: 'slow', route: 'postback', ms: 9_000, remaining: 200 }]);
  const orders = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      externalId: `hang_${from + i}`,
      eventType: 'PURCHASE',
      revenueCents: 100,
      ref,
    }));
  const batch = (conversions: unknown[]) => own.call('POST', '/api/v1/conversions/batch', { conversions });
  await batch(orders(0, 200));
  await until('200 hang', () => slow.state() && own.runtime.worker?.inFlight === 200);
  await batch(orders(200, 300));
  const quick = { externalId: { in: orders(200, 300).map((o) => o.externalId) }, status: 'delivered' };
  const { prisma } = own.runtime.ctx.store;
  await until(
    '300 pass by them',
    async () => (await prisma.outboxMessage.count({ where: quick })) === 300,
    8_000,
  );
  await own.stop();
  await slow.stop();
});
