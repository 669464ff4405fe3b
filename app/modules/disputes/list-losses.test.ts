import { encodeTime } from 'ulid';
import { expect, onTestFinished, test } from 'vitest';
import { makeTestCtx } from '../../../tests/factories/test-ctx.ts';
import { listLosses } from './list-losses.server.ts';
import { readLossesByCampaign, readLossesByMonth, readLossFigures } from './list-losses-totals.server.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const ZONE = 'Europe/Berlin';

/** A store with losses, oldest first: each a minute after the one before, unless it says when. */
async function storeWith(
  losses: { campaign: string | null; cause?: string; currency?: string; minor?: number; at?: string }[],
) {
  const { ctx, close } = await makeTestCtx();
  onTestFinished(close);
  ctx.clock.setOffset(NOW - Date.now());
  const at = (i: number) => new Date(losses[i]?.at ?? NOW - (losses.length - i) * 60_000);
  const id = (prefix: string, i: number) =>
    `${prefix}_${encodeTime(at(i).getTime(), 10)}${String(i).padStart(16, '0')}`;
  const { prisma } = ctx.store;
  await prisma.campaign.create({
    data: {
      id: 'cmp_row',
      accountId: 'acc_1',
      networkCampaignId: 'net_a',
      name: 'Spring',
      createdAt: at(0),
      updatedAt: at(0),
    },
  });
  await prisma.lead.createMany({
    data: losses.map(({ campaign }, i) => ({
      id: id('led', i),
      accountId: 'acc_1',
      networkLeadId: `n${i}`,
      conversionId: `con_${i}`,
      postbackId: `msg_${i}`,
      networkCampaignId: campaign,
      externalId: `order_${i}`,
      holdState: 'released',
      holdingPeriodDays: 30,
      heldSince: at(i),
      createdAt: at(i),
      updatedAt: at(i),
    })),
  });
  await prisma.loss.createMany({
    data: losses.map(({ campaign, cause = 'missed_deadline', currency = 'USD', minor = 1000 }, i) => ({
      id: id('los', i),
      leadId: id('led', i),
      accountId: 'acc_1',
      networkCampaignId: campaign,
      payoutCents: minor,
      currency,
      cause,
      explanation: 'x',
      createdAt: at(i),
    })),
  });
  return ctx;
}

const orders = ({ items }: { items: { lead: { externalId: string } | null }[] }) =>
  items.map(({ lead }) => lead?.externalId);

test('RG-38 losses of a campaign, page by page both ways, though few of many match', async () => {
  const losses = Array.from({ length: 2_100 }, (_, i) => ({ campaign: i % 500 === 0 ? 'net_a' : 'net_b' }));
  const ctx = await storeWith(losses);
  const list = (more: object) => listLosses(ctx, { campaign: 'net_a', limit: 2, ...more });
  const first = await list({});
  expect(orders(first)).toEqual(['order_2000', 'order_1500']);
  expect(first.prevBefore).toBeNull();
  const second = await list({ after: first.nextAfter });
  expect(orders(second)).toEqual(['order_1000', 'order_500']);
  const third = await list({ after: second.nextAfter });
  expect(orders(third)).toEqual(['order_0']);
  expect(third.nextAfter).toBeNull();
  expect(orders(await list({ before: third.prevBefore }))).toEqual(['order_1000', 'order_500']);
  // the sums are those of more losses than one statement reads
  expect(await readLossesByCampaign(ctx, { zone: ZONE })).toEqual([
    { campaign: 'net_b', name: null, count: 2_095, sums: [{ currency: 'USD', minor: 2_095_000 }] },
    { campaign: 'net_a', name: 'Spring', count: 5, sums: [{ currency: 'USD', minor: 5_000 }] },
  ]);
  // thousands of rows are written first, which takes its time on a busy machine
}, 60_000);

test('RG-38 month, cause, campaign and currency narrow list and sums alike, by the months of the zone', async () => {
  const ctx = await storeWith([
    { campaign: 'net_a', at: '2025-01-05T00:00:00Z', minor: 1 },
    // November in Berlin, October in UTC
    { campaign: 'net_a', at: '2026-10-31T23:30:00Z', cause: 'zero_day_hold', minor: 20 },
    { campaign: 'net_a', at: '2026-11-02T00:00:00Z', currency: 'EUR', minor: 300 },
    { campaign: null, at: '2026-11-03T00:00:00Z', minor: 4000 },
  ]);
  const november = { key: '2026-11', zone: ZONE };
  expect(orders(await listLosses(ctx, { month: november, limit: 9 }))).toEqual([
    'order_3',
    'order_2',
    'order_1',
  ]);
  expect(
    orders(await listLosses(ctx, { month: november, campaign: 'net_a', currency: 'EUR', limit: 9 })),
  ).toEqual(['order_2']);
  expect((await readLossesByMonth(ctx, { zone: ZONE, campaign: 'net_a' })).at(-1)).toEqual({
    key: '2026-11',
    count: 2,
    sums: [
      { currency: 'EUR', minor: 300 },
      { currency: 'USD', minor: 20 },
    ],
  });
  const figures = await readLossFigures(ctx, { zone: ZONE, month: '2026-11', cause: 'zero_day_hold' });
  expect(figures.total).toEqual({ count: 1, sums: [{ currency: 'USD', minor: 20 }] });
  expect(new Map(figures.causes.map(({ cause, count }) => [cause, count]))).toEqual(
    new Map([
      ['zero_day_hold', 1],
      ['missed_deadline', 2],
    ]),
  );
  // what was lost before the months that are told apart still counts
  expect((await readLossFigures(ctx, { zone: ZONE })).total.count).toBe(4);
  expect((await readLossFigures(ctx, { zone: ZONE, campaign: 'net_a' })).campaignName).toBe('Spring');
});
