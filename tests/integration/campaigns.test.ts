import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { campaignFigures, setLandingUrl } from '#app/modules/campaigns/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey });
});
afterEach(async () => {
  await leadline.stop();
  await regatta.stop();
});

const importing = (networkCampaignId: string) =>
  leadline.call('POST', '/api/v1/campaigns', { networkCampaignId });

describe('campaigns', () => {
  test('RG-44 a campaign is imported by id or by the link of its page, with all that the network says', async () => {
    const draft = seed.campaigns.autumnRefill;
    const { status, json } = await importing(draft.id);
    expect(status).toBe(201);
    expect(json.data).toMatchObject({
      networkCampaignId: draft.id,
      network: 'regatta',
      name: 'Autumn Refill',
      status: 'DRAFT',
      compensationModel: 'CPA',
      payoutPerUnitCents: 1000,
      holdingPeriodDays: 30,
      testTrackingCode: draft.testTrackingCode,
      trackingConfirmedAt: null,
      confirmedBy: null,
    });
    const again = await importing(`https://regatta.network/dashboard/campaigns/${draft.id}?tab=x#confirm`);
    expect(again.status).toBe(200);
    expect(again.json.data.id).toBe(json.data.id);
    const byTheirs = await leadline.call('GET', `/api/v1/campaigns/${draft.id}`);
    expect(byTheirs.json.data.id).toBe(json.data.id);
  });

  test('RG-44 what is no campaign is refused in words, and nothing is kept', async () => {
    const nothing = await importing('https://regatta.network/dashboard/settings');
    expect(nothing.status).toBe(400);
    expect(nothing.json.error.details?.[0]?.path).toBe('networkCampaignId');
    const unknown = await importing('camp-nobody-has');
    expect(unknown.status).toBe(409);
    expect(unknown.json.error.message).toContain('NOT_FOUND');
    expect((await leadline.call('GET', '/api/v1/campaigns')).json.data).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await leadline.call('GET', '/api/v1/campaigns/cmp_none')).status).toBe(404);
  });

  test('RG-44 what an answer leaves out does not wipe what was known, and a typed-in landing page stays', async () => {
    const draft = seed.campaigns.autumnRefill;
    const { id } = (await importing(draft.id)).json.data;
    await setLandingUrl(leadline.runtime.ctx, {
      id,
      landingUrl: 'https://shop.example/landing?utm=1',
      actor: SYSTEM,
    });
    await leadline.runtime.ctx.store.prisma.campaign.update({
      where: { id },
      data: { trackingConfirmedAt: new Date('2026-05-01T00:00:00Z'), confirmedBy: 'shop' },
    });
    const again = await importing(draft.id);
    expect(again.json.data).toMatchObject({
      landingUrl: 'https://shop.example/landing?utm=1',
      trackingConfirmedAt: '2026-05-01T00:00:00.000Z',
      confirmedBy: 'shop',
    });
  });

  test('RG-44 a sync keeps the refusal of the network in its own words', async () => {
    const { id } = (await importing(seed.campaigns.springStarter.id)).json.data;
    regatta.patchCampaign(seed.campaigns.springStarter.id, { name: 'Spring Starter II' });
    expect((await leadline.call('POST', `/api/v1/campaigns/${id}/sync`)).json.data.name).toBe(
      'Spring Starter II',
    );
    regatta.setFaults([{ kind: 'alter_data', route: 'campaign', data: { campaign: { id: 'camp-other' } } }]);
    const mixedUp = await leadline.call('POST', `/api/v1/campaigns/${id}/sync`);
    expect(mixedUp.status).toBe(409);
    regatta.setFaults([{ kind: '500', route: 'campaign' }]);
    const refused = await leadline.call('POST', `/api/v1/campaigns/${id}/sync`);
    expect(refused.status).toBe(503);
    expect((await leadline.call('GET', `/api/v1/campaigns/${id}`)).json.data).toMatchObject({
      name: 'Spring Starter II',
      syncError: expect.stringContaining('INTERNAL_ERROR'),
    });
  });

  test('RG-47 RG-48 activation is refused in the network’s own words until tracking and wallet allow it', async () => {
    const draft = seed.campaigns.autumnRefill;
    const { id } = (await importing(draft.id)).json.data;
    const activate = () => leadline.call('POST', `/api/v1/campaigns/${id}/activate`);
    expect((await activate()).status).toBe(409);
    regatta.patchCampaign(draft.id, { trackingConfirmedAt: '2026-05-01T00:00:00.000Z' });
    regatta.patchWallet({ availableCents: 0 });
    const empty = await activate();
    expect(empty.status).toBe(409);
    expect(empty.json.error.message).toContain('Fund your wallet before activating this campaign');
    regatta.patchWallet({ availableCents: 100 });
    const done = await activate();
    expect(done.status).toBe(200);
    expect(done.json.data).toMatchObject({ status: 'ACTIVE', activatedAt: expect.any(String) });
  });

  test('RG-49 leads and held payouts are counted by campaign', async () => {
    const spring = seed.campaigns.springStarter;
    await importing(spring.id);
    const ref = seed.enrollments.find((one) => one.campaignId === spring.id)?.trackingCode;
    for (const externalId of ['o1', 'o2']) {
      await leadline.call('POST', '/api/v1/conversions', { externalId, eventType: 'PURCHASE', ref });
    }
    const { ctx } = leadline.runtime;
    await until('two leads', async () => ((await ctx.store.prisma.lead.count()) === 2 ? true : null));
    const [row] = await ctx.store.prisma.campaign.findMany({ where: { networkCampaignId: spring.id } });
    const figures = await campaignFigures(ctx, row ? [row] : []);
    expect(figures[row?.id ?? '']).toEqual({
      leads: 2,
      leadsCapped: false,
      pending: [{ currency: 'USD', count: 2, payoutCents: 2000 }],
      pendingCapped: false,
    });
  });

  test('lists page by cursor and keep to their filters; scopes are asked for', async () => {
    for (const campaign of Object.values(seed.campaigns)) await importing(campaign.id);
    const first = await leadline.call('GET', '/api/v1/campaigns?limit=2');
    const second = await leadline.call(
      'GET',
      `/api/v1/campaigns?limit=200&cursor=${first.json.data.nextCursor}`,
    );
    const names = [...first.json.data.items, ...second.json.data.items].map(
      (item: { name: string }) => item.name,
    );
    expect(names).toEqual([
      'Autumn Refill',
      'Refill Club',
      'Gift Card Push',
      'Annual Plan 20 %',
      'Spring Starter',
    ]);
    expect(second.json.data.nextCursor).toBeNull();
    expect(
      (await leadline.call('GET', '/api/v1/campaigns?status=DRAFT&q=refill')).json.data.items,
    ).toHaveLength(1);
    expect((await leadline.call('GET', '/api/v1/campaigns?limit=0')).status).toBe(400);
    expect((await leadline.call('GET', '/api/v1/campaigns', undefined, { authorization: '' })).status).toBe(
      401,
    );
  });
});
