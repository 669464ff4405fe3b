import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { activateCampaign, importCampaign, setLandingUrl } from '#app/modules/campaigns/index.server.ts';
import { fireTestPostback, wizardEvidence } from '#app/modules/onboarding/index.server.ts';
import { provenSteps, stepToShow } from '#app/modules/onboarding/policy.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { type PracticeShop, startPracticeShop } from '#app/practice/shop/index.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;
let shop: PracticeShop;
let id: string;

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey });
  shop = await startPracticeShop({ leadlineUrl: leadline.url, apiKey: leadline.key });
  const { runtime } = leadline;
  const networkCampaignId = seed.campaigns.autumnRefill.id;
  ({ id } = await importCampaign(runtime.ctx, runtime.wiring.campaigns, {
    networkCampaignId,
    network: 'regatta',
    actor: SYSTEM,
  }));
});
afterEach(async () => {
  await shop.stop();
  await leadline.stop();
  await regatta.stop();
});

const deps = () => ({ ...leadline.runtime.wiring.campaigns, scheduleOf: leadline.runtime.scheduleOf });
const look = () => wizardEvidence(leadline.runtime.ctx, deps(), id);
const code = () => seed.campaigns.autumnRefill.testTrackingCode;
const fire = () =>
  fireTestPostback(
    leadline.runtime.ctx,
    { ...deps(), intake: leadline.runtime.intake },
    { campaignId: id, actor: SYSTEM },
  );
const confirmed = () =>
  until('tracking confirmed', async () => {
    const seen = await look();
    return seen.campaign.trackingConfirmedAt ? seen : null;
  });

/** Visits the shop as a browser with cookies would, and buys. */
async function visit(address: string): Promise<{ buy(): Promise<void> }> {
  const landed = await fetch(address);
  const cookie = landed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  await shop.idle();
  return {
    async buy() {
      const home = await (await fetch(`${shop.url}/`, { headers: { cookie } })).text();
      const slug = /\/products\/([a-z-]+)/.exec(home)?.[1] ?? '';
      const page = await (await fetch(`${shop.url}/products/${slug}`, { headers: { cookie } })).text();
      const checkout = /name="checkout" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const body = new URLSearchParams({ product: slug, checkout, email: 'ada@example.org' });
      await fetch(`${shop.url}/orders`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' });
      await shop.idle();
    },
  };
}

describe('wizard', () => {
  test('RG-45 RG-46 the real path: landing, order and postback turn the lights on, and the shop is what confirmed it', async () => {
    const { ctx } = leadline.runtime;
    await setLandingUrl(ctx, { id, landingUrl: `${shop.url}/?utm_source=x`, actor: SYSTEM });
    const start = await look();
    expect(start).toMatchObject({
      capture: null,
      cookie: null,
      record: null,
      conversion: null,
      testUrl: `${shop.url}/?utm_source=x&rgta_ref=${code()}`,
    });
    expect(stepToShow(null, start)).toBe(2);
    const browser = await visit(start.testUrl ?? '');
    const landed = await look();
    expect(landed).toMatchObject({
      capture: { source: 'api', keptRef: null },
      cookie: 'equal',
      record: null,
    });
    expect(provenSteps(landed)).toMatchObject({ 2: true, 3: false });
    await browser.buy();
    const done = await confirmed();
    expect(done.record).toMatchObject({ type: 'order' });
    expect(done.conversion).toMatchObject({ origin: 'api', refSource: 'record' });
    expect(done.postback).toMatchObject({ status: 'test', attempts: 1 });
    expect(done.attempt?.response).toMatchObject({ status: 200, outcome: 'test' });
    expect(JSON.stringify(done.attempt)).not.toContain(seed.apiKey);
    expect(done.campaign.confirmedBy).toBe('shop');
    expect(done.checklist.find((item) => item.key === 'verified')?.state).toBe('proven');
    expect(stepToShow(null, done)).toBe(4);
    expect(await ctx.store.prisma.lead.count()).toBe(0);
  });

  test('RG-45 RG-46 a test fired from here confirms too, and is marked as proving less; a repeat changes nothing', async () => {
    const fired = await fire();
    expect(fired.externalId).toMatch(/^integration-test-[0-9A-Z]{26}$/);
    const done = await confirmed();
    expect(done.campaign.confirmedBy).toBe('console');
    expect(done.conversion).toMatchObject({ origin: 'wizard', eventType: 'PURCHASE', revenueCents: null });
    expect(done.checklist.find((item) => item.key === 'verified')?.state).toBe('not_proven');
    await fire();
    await until('the second is a test too', async () => {
      const rows = await leadline.runtime.ctx.store.prisma.outboxMessage.findMany({
        where: { status: 'test' },
      });
      return rows.length === 2 ? rows : null;
    });
    expect((await look()).campaign.trackingConfirmedAt).toBe(done.campaign.trackingConfirmedAt);
    const browser = await visit(`${shop.url}/?rgta_ref=${code()}`);
    await browser.buy();
    await until('the shop outranks the console', async () =>
      (await look()).campaign.confirmedBy === 'shop' ? true : null,
    );
  });

  test('RG-46 a test of a REV_SHARE campaign carries revenue', async () => {
    const { runtime } = leadline;
    const share = regatta.createCampaign({
      status: 'DRAFT',
      compensationModel: 'REV_SHARE',
      payoutPercentage: 20,
      name: 'Share',
    });
    ({ id } = await importCampaign(runtime.ctx, runtime.wiring.campaigns, {
      networkCampaignId: share.id,
      network: 'regatta',
      actor: SYSTEM,
    }));
    await fire();
    const done = await confirmed();
    expect(done.conversion).toMatchObject({ revenueCents: 4900, currency: 'USD' });
    expect(done.expectedPayoutCents).toBe(980);
  });

  test('RG-29 RG-06 a code that was changed on its way is shown as a change, never as proof', async () => {
    await leadline.call('POST', '/api/v1/captures', { ref: code().toLowerCase() });
    await leadline.call('POST', '/api/v1/records', { type: 'order', id: 'o1', ref: `${code()} ` });
    const seen = await look();
    expect(seen).toMatchObject({ capture: null, record: null });
    expect(seen.mutations.map(({ layer, value }) => [layer, value])).toEqual([
      ['capture', code().toLowerCase()],
      ['record', `${code()} `],
    ]);
  });

  test('RG-03 a browser that already carries another code is told so', async () => {
    await leadline.call('POST', '/api/v1/captures', { ref: code(), cookieValue: 'AnotherC' });
    const seen = await look();
    expect(seen).toMatchObject({ capture: { keptRef: 'AnotherC' }, cookie: 'other' });
    expect(provenSteps(seen)[2]).toBe(false);
  });

  test('RG-45 a purchase without a code is noticed', async () => {
    await leadline.call('POST', '/api/v1/captures', { ref: code() });
    await leadline.call('POST', '/api/v1/conversions', { externalId: 'bare', eventType: 'PURCHASE' });
    expect((await look()).withoutCode).toMatchObject({ externalId: 'bare' });
  });

  test('RG-47 a refused activation is still explained when one comes back, and gone once it is active', async () => {
    const { ctx, wiring } = leadline.runtime;
    await fire();
    await confirmed();
    regatta.patchWallet({ availableCents: 0 });
    const activate = () => activateCampaign(ctx, wiring.campaigns, { id, actor: SYSTEM });
    await expect(activate()).rejects.toThrow('Fund your wallet');
    expect((await look()).refusal).toMatchObject({
      words: 'Fund your wallet before activating this campaign',
      title: 'The wallet is empty',
    });
    regatta.patchWallet({ availableCents: 10_000 });
    await activate();
    const active = await look();
    expect(active.refusal).toBeNull();
    expect(provenSteps(active)).toMatchObject({ 4: true, 5: true });
    expect(stepToShow(null, active)).toBe(5);
  });

  test('RG-24 a refused test postback says why', async () => {
    await fire();
    await confirmed();
    await leadline.runtime.ctx.store.prisma.campaign.update({
      where: { id },
      data: { testTrackingCode: 'Nobodys1' },
    });
    await fire();
    const seen = await until('refused', async () => {
      const now = await look();
      return now.postback?.status === 'failed' ? now : null;
    });
    expect(seen.postback).toMatchObject({
      errorCode: 'NOT_FOUND',
      explanation: { title: expect.any(String), whatToDo: expect.any(String) },
    });
  });
});
