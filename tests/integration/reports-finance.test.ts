import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDispute } from '#app/modules/disputes/index.server.ts';
import {
  listDifferences,
  readDifferenceSums,
  readPayoutCalendar,
  readPayoutLines,
  readRefundRate,
  readUnitHints,
} from '#app/modules/reports/index.server.ts';
import type { Grouping } from '#app/modules/reports/payout-schema.ts';
import { between } from '#app/modules/reports/reading-schema.ts';
import { type LeadsNarrowing, NO_NARROWING } from '#app/modules/reports/report-filter-schema.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { serveExports, signedIn } from '../setup/export-kit.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { reportRows } from '../setup/report-rows.ts';
import { until } from '../setup/wait.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const at = (iso: string) => new Date(iso);

let t: TestCtx;
let rows: ReturnType<typeof reportRows>;
beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(NOW);
  rows = reportRows(t);
});
afterEach(() => t.close());

const narrowed = (filter: Partial<LeadsNarrowing>): LeadsNarrowing => ({ ...NO_NARROWING, ...filter });
/** Reads on a fresh connection: what was read before is remembered for a while. */
async function fresh<T>(read: (ctx: TestCtx['ctx']) => Promise<T>): Promise<T> {
  const store = await openStore(t.url);
  try {
    return await read({ ...t.ctx, store });
  } finally {
    await store.close();
  }
}
const calendar = (
  month: string | null,
  over: { zone?: string; by?: Grouping; filter?: Partial<LeadsNarrowing> } = {},
) =>
  fresh((ctx) =>
    readPayoutCalendar(ctx, {
      month,
      zone: over.zone ?? 'UTC',
      by: over.by ?? 'campaign',
      filter: narrowed(over.filter ?? {}),
    }),
  );
const usd = (part: { sums: { currency: string; minor: number }[] }) =>
  part.sums.find((sum) => sum.currency === 'USD')?.minor ?? 0;

describe('payout calendar', () => {
  test('a lead is on the day on which its hold ends in the reader’s zone, also when clocks change', async () => {
    t.ctx.clock.stopAt(Date.parse('2026-10-02T12:00:00Z'));
    // Berlin turns its clocks back on 25 October: that day has 25 hours, from 22:00 UTC to 23:00 UTC
    for (const [i, time] of ['24T21:59', '24T22:00', '25T00:30', '25T22:59', '25T23:00'].entries())
      await rows.lead({ disputeBy: at(`2026-10-${time}:00Z`), payoutCents: 10 ** i });
    const berlin = await calendar('2026-10', { zone: 'Europe/Berlin' });
    const money = (key: string) => usd(berlin.days.find((day) => day.key === key)?.held ?? { sums: [] });
    expect(['2026-10-24', '2026-10-25', '2026-10-26'].map(money)).toEqual([1, 1110, 10_000]);
    const day = berlin.days.find(({ key }) => key === '2026-10-25');
    expect(day).toMatchObject({ from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' });
    expect([berlin.blanks, berlin.days.length]).toEqual([3, 31]);
    // far from UTC the same moments are other days
    const tongatapu = await calendar('2026-10', { zone: 'Pacific/Kiritimati' });
    expect(tongatapu.days[0]?.from).toBe('2026-09-30T10:00:00.000Z');
    expect(usd(tongatapu.total.held)).toBe(11_111);
    expect(tongatapu.days.flatMap((one) => (usd(one.held) > 0 ? [one.key] : []))).toEqual([
      '2026-10-25',
      '2026-10-26',
    ]);
  });

  test('what is held, released, in dispute and at risk stand apart; currencies are never added', async () => {
    const due = at('2026-11-25T08:00:00Z');
    await rows.lead({ disputeBy: due });
    await rows.lead({ disputeBy: due, currency: 'EUR', payoutCents: 700 });
    await rows.lead({ disputeBy: due, payoutCents: null, expectedCents: 300 });
    await rows.lead({ disputeBy: due, payoutCents: null, expectedCents: null });
    await rows.lead({ disputeBy: due, holdAssumed: true, payoutCents: 50 });
    await rows.lead({ disputeBy: due, holdState: 'disputed', payoutCents: 99_999 });
    await rows.lead({ holdState: 'none', disputeBy: null, payoutCents: 99_999 });
    const risky = await rows.lead({ disputeBy: due, payoutCents: 4 });
    await rows.refund(risky);
    await rows.refund(risky, { disposition: 'in_grace' });
    const passed = await rows.lead({ disputeBy: due, payoutCents: 8 });
    await rows.refund(passed, { disposition: 'ignored' });
    await rows.lead({ disputeBy: at('2026-11-03T08:00:00Z'), holdState: 'released', payoutCents: 2000 });
    await rows.lead({ disputeBy: at('2026-11-20T11:59:00Z'), payoutCents: 60 });
    const { days, total, overdue } = await calendar(null);
    const day = days[24];
    expect(day).toMatchObject({
      key: '2026-11-25',
      when: 'coming',
      assumed: 1,
      held: {
        count: 7,
        unknown: 1,
        sums: [
          { currency: 'USD', minor: 1362, count: 5 },
          { currency: 'EUR', minor: 700, count: 1 },
        ],
      },
      atRisk: { count: 1, sums: [{ currency: 'USD', minor: 4, count: 1 }] },
      disputing: { count: 0, sums: [] },
    });
    expect(days[2]).toMatchObject({ when: 'past', released: { count: 1 }, held: { count: 0 } });
    expect([usd(total.held), usd(total.released), total.assumed]).toEqual([1362, 2000, 1]);
    expect(overdue).toEqual({ count: 1, unknown: 0, sums: [{ currency: 'USD', minor: 60, count: 1 }] });
    expect(days[19]).toMatchObject({ when: 'today', held: { count: 0 }, released: { count: 0 } });
  });

  test('what has no holding period is paid at once, on the day on which it was opened', async () => {
    const none = { holdState: 'none', holdingPeriodDays: 0, disputeBy: null };
    await rows.lead({ ...none, releasedAt: at('2026-11-04T23:30:00Z'), payoutCents: 300 });
    await rows.lead({ ...none, releasedAt: at('2026-11-04T23:30:00Z'), payoutCents: 70, currency: 'JPY' });
    await rows.lead({ ...none, releasedAt: at('2026-10-31T22:59:59Z'), payoutCents: 9 });
    await rows.lead({ disputeBy: at('2026-11-03T08:00:00Z'), holdState: 'released', payoutCents: 2000 });
    const { days, total, groups } = await calendar(null, { zone: 'Europe/Berlin' });
    expect(days[4]).toMatchObject({ key: '2026-11-05', released: { count: 2 } });
    expect([usd(total.released), total.released.count, total.atOnce]).toEqual([2300, 3, 2]);
    expect(groups).toMatchObject([{ id: 'camp_1', released: { count: 3 } }]);
    const day = await readPayoutLines(t.ctx, {
      month: null,
      zone: 'Europe/Berlin',
      filter: narrowed({ currency: 'JPY' }),
    });
    expect(await day(4)).toMatchObject([{ state: 'released', leads: 1, minor: 70, currency: 'JPY' }]);
    expect((await calendar(null, { filter: { affiliate: 'aff_2' } })).total.released.count).toBe(0);
  });

  test('a hold that ends at this very moment is over, also where it is being disputed', async () => {
    const lead = await rows.lead({ disputeBy: at('2026-11-20T12:00:00Z') });
    await rows.refund(lead);
    await rows.lead({ disputeBy: at('2026-11-20T12:00:01Z') });
    const { total } = await calendar(null);
    expect([total.held.count, total.atRisk.count]).toEqual([1, 0]);
  });

  test('groups and filters say the same as the days', async () => {
    const due = at('2026-11-25T08:00:00Z');
    await t.ctx.store.prisma.campaign.create({
      data: {
        id: 'cmp_1',
        accountId: 'acc_1',
        networkCampaignId: 'camp_1',
        name: 'Spring',
        createdAt: at('2026-01-01T00:00:00Z'),
        updatedAt: at('2026-01-01T00:00:00Z'),
      },
    });
    await rows.lead({ disputeBy: due });
    await rows.lead({ disputeBy: due, affiliateId: 'aff_2', payoutCents: 5 });
    const risky = await rows.lead({
      disputeBy: due,
      networkCampaignId: null,
      affiliateId: null,
      payoutCents: 1,
    });
    await rows.refund(risky, { disposition: 'manual' });
    const told = (
      groups: {
        id: string | null;
        name: string | null;
        held: { sums: { currency: string; minor: number }[] };
        atRisk: { count: number };
      }[],
    ) => groups.map((group) => [group.id, group.name, usd(group.held), group.atRisk.count]);
    expect(told((await calendar(null)).groups)).toEqual([
      ['camp_1', 'Spring', 1005, 0],
      [null, null, 1, 1],
    ]);
    expect(told((await calendar(null, { by: 'affiliate' })).groups)).toEqual([
      ['aff_1', null, 1000, 0],
      ['aff_2', null, 5, 0],
      [null, null, 1, 1],
    ]);
    const one = await calendar(null, { filter: { affiliate: 'aff_2' } });
    expect([usd(one.total.held), one.total.atRisk.count]).toEqual([5, 0]);
    for (const nothing of [{ currency: 'EUR' }, { campaign: ['camp_2'] }, { network: ['none'] }])
      expect((await calendar(null, { filter: nothing })).total.held.count).toBe(0);
    expect(
      usd((await calendar(null, { filter: { campaign: ['camp_1'], currency: 'USD' } })).total.held),
    ).toBe(1005);
  });

  test('the export’s lines add up to the calendar', async () => {
    for (let i = 0; i < 40; i++)
      await rows.lead({
        disputeBy: new Date(NOW + (i - 15) * DAY_MS * 0.6),
        holdState: i < 15 ? 'released' : 'pending_release',
        affiliateId: `aff_${i % 3}`,
        networkCampaignId: `camp_${i % 2}`,
        currency: i % 4 === 0 ? 'EUR' : 'USD',
        payoutCents: 100 + i,
      });
    const { total } = await calendar('2026-11');
    const day = await readPayoutLines(t.ctx, { month: '2026-11', zone: 'UTC', filter: NO_NARROWING });
    const sums = { held: 0, released: 0, leads: 0 };
    for (let i = 0; ; i++) {
      const lines = await day(i);
      if (lines === null) break;
      for (const line of lines) {
        sums.leads += line.leads;
        if (line.currency === 'USD' && line.state !== 'in dispute') sums[line.state] += line.minor;
      }
    }
    expect(sums).toEqual({
      held: usd(total.held),
      released: usd(total.released),
      leads: total.held.count + total.released.count,
    });
    expect(sums.held).toBeGreaterThan(0);
  });
});

test('RG-37 a dispute on its way takes a lead out of what is paid, an answer takes it off the calendar', async () => {
  const kit = await startRefundKit();
  const { lead } = await kit.lead();
  const month = lead.disputeBy?.toISOString().slice(0, 7) ?? '';
  const read = async () => {
    const store = await openStore(kit.leadline.runtime.config.databaseUrl);
    const ctx = { ...kit.ctx, store };
    const found = await readPayoutCalendar(ctx, { month, zone: 'UTC', by: 'campaign', filter: NO_NARROWING });
    await store.close();
    const { held, disputing, atRisk } = found.total;
    return { held: usd(held), disputing: usd(disputing), atRisk: atRisk.count };
  };
  expect(await read()).toEqual({ held: 1000, disputing: 0, atRisk: 0 });
  await openDispute(kit.ctx, kit.deps, {
    leadId: lead.id,
    reason: 'The buyer took the money back (re_1).',
    delayMs: 3_000,
    actor: maya,
  });
  expect(await read()).toEqual({ held: 0, disputing: 1000, atRisk: 0 });
  await expect
    .poll(async () => (await kit.prisma.lead.findUniqueOrThrow({ where: { id: lead.id } })).holdState, {
      timeout: 20_000,
    })
    .toBe('disputed');
  expect(await read()).toEqual({ held: 0, disputing: 0, atRisk: 0 });
});

describe('refund rate', () => {
  const rate = (over: { from?: number; to?: number; filter?: Partial<LeadsNarrowing> } = {}) =>
    fresh((ctx) =>
      readRefundRate(ctx, {
        time: between(over.from ?? null, over.to ?? null),
        filter: narrowed(over.filter ?? {}),
        sort: 'rate',
      }),
    );

  test('counts each lead once, as the worst that happened to it, and only what stands and is certain', async () => {
    const leads = [];
    for (let i = 0; i < 8; i++) leads.push(await rows.lead({ payoutCents: 100 + i }));
    const [twice, won, doubtful, fraud] = leads;
    if (!twice || !won || !doubtful || !fraud) throw new Error('no leads');
    await rows.refund(twice);
    await rows.refund(twice, { kind: 'chargeback' });
    await rows.refund(won, { kind: 'chargeback', reversal: 'won' });
    await rows.refund(doubtful, { matchDoubt: 'It may be of another order.' });
    await rows.refund(fraud, { kind: 'fraud', disposition: 'disputed' });
    const { total, rows: all } = await rate();
    expect(total).toMatchObject({ leads: 8, refunded: 2, chargebacks: 1, frauds: 1, rate: 0.25 });
    expect(total.money).toEqual([{ currency: 'USD', minor: 828, refundedMinor: 203 }]);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ affiliateId: 'aff_1', others: null, outlier: false });
  });

  test('leads belong to the time in which they were opened, whenever they were refunded', async () => {
    const [may, june] = [Date.parse('2026-05-10T00:00:00Z'), Date.parse('2026-06-10T00:00:00Z')];
    const old = await rows.lead({ createdAt: new Date(may) });
    const young = await rows.lead({ createdAt: new Date(june) });
    await rows.lead({ createdAt: new Date(june + 1) });
    await rows.refund(old);
    await rows.refund(young);
    const counts = async (from: number, to: number) => {
      const { total } = await rate({ from, to });
      return [total.leads, total.refunded];
    };
    expect(await counts(may, june)).toEqual([1, 1]);
    expect(await counts(june, june + DAY_MS)).toEqual([2, 1]);
    expect(await counts(june + DAY_MS, NOW)).toEqual([0, 0]);
    expect((await rate()).total).toMatchObject({ leads: 3, refunded: 2 });
  });

  test('one affiliate far above the others is flagged; filters narrow what is compared', async () => {
    for (let i = 0; i < 120; i++) {
      const lead = await rows.lead({
        affiliateId: i < 40 ? 'bad' : i < 80 ? 'good' : null,
        networkCampaignId: `camp_${i % 2}`,
      });
      if (i < 20 || i === 41) await rows.refund(lead);
    }
    const report = await rate();
    expect(report.outliers).toBe(1);
    expect(report.rows.map((row) => [row.affiliateId, row.leads, row.refunded, row.outlier])).toEqual([
      ['bad', 40, 20, true],
      ['good', 40, 1, false],
      [null, 40, 0, false],
    ]);
    expect(report.rows[0]?.others).toBeCloseTo(1 / 80, 6);
    expect((await rate({ filter: { affiliate: 'good' } })).total).toMatchObject({ leads: 40, refunded: 1 });
    expect((await rate({ filter: { campaign: ['camp_1'] } })).total).toMatchObject({
      leads: 60,
      refunded: 11,
    });
    expect((await rate({ filter: { currency: 'EUR' } })).total.leads).toBe(0);
  });
});

describe('expected and actual payouts', () => {
  const all: { from: number | null; to: number | null; filter: typeof NO_NARROWING; hundredfold: boolean } = {
    from: null,
    to: null,
    filter: NO_NARROWING,
    hundredfold: false,
  };
  const sumsOf = async ({ from, to, ...asked }: typeof all) =>
    (await fresh((ctx) => readDifferenceSums(ctx, { ...asked, time: between(from, to) }))).sums;
  const pairs: [number | null, number | null][] = [
    [1000, 1000],
    [1000, 1001],
    [1000, 990],
    [1000, 100_000],
    [1000, 10],
    [1000, 0],
    [null, 500],
    [500, null],
    [80, 1],
    [40, 1],
  ];
  const write = async () => {
    for (const [expectedCents, payoutCents] of pairs) await rows.lead({ expectedCents, payoutCents });
  };

  test('RG-22 leads that differ by more than rounding are listed, newest first, and their kinds named', async () => {
    await write();
    const { items } = await listDifferences(t.ctx, { ...all, limit: 50 });
    expect(items.map((lead) => [lead.expectedCents, lead.payoutCents, lead.kind])).toEqual([
      [40, 1, 'less'],
      [80, 1, 'hundredth'],
      [1000, 0, 'nothing'],
      [1000, 10, 'hundredth'],
      [1000, 100_000, 'hundredfold'],
      [1000, 990, 'less'],
    ]);
    expect(items[0]).toMatchObject({ revenueCents: 4900, currency: 'USD', campaignId: 'camp_1' });
    // the store names the same as the list does
    expect(await sumsOf(all)).toEqual([
      {
        campaignId: 'camp_1',
        campaignName: null,
        currency: 'USD',
        count: 6,
        expectedMinor: 4120,
        actualMinor: 101_002,
        hundredfold: 1,
        hundredth: 2,
      },
    ]);
    const only = await listDifferences(t.ctx, { ...all, hundredfold: true, limit: 50 });
    expect(only.items.map(({ kind }) => kind)).toEqual(['hundredth', 'hundredth', 'hundredfold']);
  });

  test('an order is told in its own currency, whatever its lead is paid in', async () => {
    const lead = await rows.lead({ payoutCents: 500, revenueCents: 4_900 });
    await t.ctx.store.prisma.conversion.update({
      where: { id: lead.conversionId },
      data: { currency: 'JPY' },
    });
    const { items } = await listDifferences(t.ctx, { ...all, limit: 50 });
    expect(items).toMatchObject([{ currency: 'USD', revenueCents: 4_900, revenueCurrency: 'JPY' }]);
  });

  test('RG-22 pages go both ways, also over leads of the same moment', async () => {
    for (let i = 0; i < 7; i++)
      await rows.lead({ expectedCents: 1000, payoutCents: 10 * i, externalId: `o${i}` });
    const names = (page: { items: { externalId: string }[] }) => page.items.map((lead) => lead.externalId);
    const first = await listDifferences(t.ctx, { ...all, limit: 3 });
    expect([names(first), first.prevBefore]).toEqual([['o6', 'o5', 'o4'], null]);
    const second = await listDifferences(t.ctx, { ...all, limit: 3, after: first.nextAfter ?? '' });
    expect(names(second)).toEqual(['o3', 'o2', 'o1']);
    const third = await listDifferences(t.ctx, { ...all, limit: 3, after: second.nextAfter ?? '' });
    expect([names(third), third.nextAfter]).toEqual([['o0'], null]);
    const back = await listDifferences(t.ctx, { ...all, limit: 3, before: third.prevBefore ?? '' });
    expect(names(back)).toEqual(['o3', 'o2', 'o1']);
    const start = await listDifferences(t.ctx, { ...all, limit: 3, before: back.prevBefore ?? '' });
    expect([names(start), start.prevBefore]).toEqual([['o6', 'o5', 'o4'], null]);
  });

  test('RG-22 ranges and filters hold for the list and its sums', async () => {
    const may = Date.parse('2026-05-10T00:00:00Z');
    await rows.lead({ createdAt: new Date(may), payoutCents: 900 });
    await rows.lead({
      createdAt: new Date(may + DAY_MS),
      payoutCents: 900,
      currency: 'EUR',
      affiliateId: 'aff_2',
    });
    const counts = async (over: Partial<typeof all>) => {
      const asked = { ...all, ...over };
      const [page, sums] = [await listDifferences(t.ctx, { ...asked, limit: 10 }), await sumsOf(asked)];
      return [page.items.length, sums.reduce((sum, one) => sum + one.count, 0)];
    };
    expect(await counts({})).toEqual([2, 2]);
    expect(await counts({ to: may + DAY_MS })).toEqual([1, 1]);
    expect(await counts({ from: may + DAY_MS })).toEqual([1, 1]);
    expect(await counts({ filter: narrowed({ affiliate: 'aff_2', currency: 'EUR' }) })).toEqual([1, 1]);
    expect(await counts({ filter: narrowed({ campaign: ['camp_2'] }) })).toEqual([0, 0]);
    expect(await counts({ hundredfold: true })).toEqual([0, 0]);
  });

  test('RG-22 revenue reported in whole units is named, by what was refunded and by what is usual', async () => {
    for (let i = 0; i < 25; i++) await rows.lead();
    expect(await fresh((ctx) => readUnitHints(ctx, NO_NARROWING))).toEqual([]);
    const wrong = await rows.lead({ revenueCents: 49, externalId: 'order_wrong' });
    const usual = { by: 'usual', kind: 'major', count: 1, of: 26, campaignId: 'camp_1', currency: 'USD' };
    expect(await fresh((ctx) => readUnitHints(ctx, NO_NARROWING))).toMatchObject([
      { ...usual, example: { externalId: 'order_wrong', revenueCents: 49, otherCents: 4900 } },
    ]);
    await rows.refund(wrong, { amountCents: 4900 });
    const hints = await fresh((ctx) => readUnitHints(ctx, NO_NARROWING));
    expect(hints).toContainEqual(expect.objectContaining({ by: 'refund', kind: 'major', count: 1, of: 1 }));
    expect(hints).toContainEqual(expect.objectContaining(usual));
    const high = await rows.lead({ revenueCents: 490_000, networkCampaignId: 'camp_2' });
    await rows.refund(high, { amountCents: 4900 });
    expect(await fresh((ctx) => readUnitHints(ctx, narrowed({ campaign: ['camp_2'] })))).toMatchObject([
      { by: 'refund', kind: 'hundredfold', campaignId: 'camp_2' },
    ]);
  });
});

test('the statements walk the indexes made for them', async () => {
  if (t.ctx.store.dialect.name !== 'sqlite') return;
  const plans: string[] = [];
  const { store } = t.ctx;
  const beside: typeof store.beside = async (sql, ...args) => {
    if (/^SELECT/.test(sql) && sql.includes('"Lead" l')) {
      const plan = await store.beside<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args);
      plans.push(plan.map(({ detail }) => detail).join(' / '));
    }
    return store.beside(sql, ...args);
  };
  // on the thread that is taking conversions nothing of them is left but their rows
  const query: typeof store.query = (sql, ...args) => {
    if (/sum\(|count\(/.test(sql)) throw new Error(`held the process: ${sql}`);
    return store.query(sql, ...args);
  };
  await rows.lead({ payoutCents: 900 });
  await rows.lead({ holdState: 'none', disputeBy: null, releasedAt: at('2026-11-02T08:00:00Z') });
  const ctx = { ...t.ctx, store: { ...store, query, beside } };
  await readPayoutCalendar(ctx, { month: null, zone: 'UTC', by: 'campaign', filter: NO_NARROWING });
  expect(plans.filter((plan) => plan.includes('COVERING INDEX Lead_release_idx')).length).toBe(31);
  expect(plans.filter((plan) => plan.includes('COVERING INDEX Lead_at_once_idx')).length).toBe(1 + 20);
  plans.length = 0;
  await readRefundRate(ctx, { time: between(null, null), filter: NO_NARROWING, sort: 'rate' });
  expect(plans.some((plan) => plan.includes('COVERING INDEX Lead_affiliate_period_idx'))).toBe(true);
  expect(plans.some((plan) => plan.includes('Refund_counted_idx'))).toBe(true);
  plans.length = 0;
  await listDifferences(ctx, { from: null, to: null, filter: NO_NARROWING, hundredfold: false, limit: 50 });
  await readDifferenceSums(ctx, { time: between(null, null), filter: NO_NARROWING, hundredfold: false });
  expect(plans.length).toBe(2);
  for (const plan of plans) expect(plan).toContain('Lead_differs_idx');
});

test('reports are exported as the page narrows them, for whoever may look', async () => {
  const kit = await startRefundKit();
  const { id } = (await kit.lead()).lead;
  // the campaign, its terms and its days, is fetched some moments later
  const lead = await until('terms', () =>
    kit.prisma.lead.findFirst({ where: { id, holdAssumed: false, expectedCents: 1000 } }),
  );
  await kit.prisma.lead.update({
    where: { id: lead.id },
    data: { payoutCents: 10, affiliateId: '=HYPERLINK(1)' },
  });
  const exports = await serveExports(kit.leadline.runtime);
  const { cookie } = await signedIn(kit.leadline.runtime, kit.leadline.url, {
    email: 'ann@example.com',
    role: 'viewer',
  });
  const linesOf = async (path: string) => {
    const answer = await fetch(`${exports.url}/export/${path}`, {
      headers: { cookie: `${cookie}; tz=Europe%2FBerlin` },
    });
    expect(answer.status).toBe(200);
    return (await answer.text()).split('\r\n').slice(0, -1);
  };
  const month = lead.disputeBy?.toISOString().slice(0, 7) ?? '';
  const payouts = await linesOf(`payouts.csv?month=${month}&currency=USD`);
  expect(payouts).toHaveLength(2);
  expect(payouts[0]?.startsWith('Day (Europe/Berlin),State,'), 'issue 4.8 zone in the header').toBe(true);
  expect(payouts[1]).toContain(`,Spring Starter,'=HYPERLINK(1),1,0.10,USD,0,0,0.00,0`);
  expect(await linesOf(`payouts.csv?month=${month}&currency=EUR`)).toHaveLength(1);
  const rates = await linesOf('refund-rate.csv');
  expect(rates[1]).toBe(
    `'=HYPERLINK(1),no,1,0,0,0,0.000000,0.000000,${rates[1]?.split(',')[8]},,0.10,0.00,USD`,
  );
  const differing = await linesOf('expected.csv?only=100');
  expect(differing[0]?.endsWith('Opened (Europe/Berlin)')).toBe(true);
  expect(differing[1]).toContain(',A hundredth,10.00,0.10,-9.90,USD,49.00,USD,');
  expect(await linesOf('expected.csv?network=none')).toHaveLength(1);
  const signedOut = await fetch(`${exports.url}/export/payouts.csv`, { redirect: 'manual' });
  expect(signedOut.status).toBe(302);
  await exports.stop();
});
