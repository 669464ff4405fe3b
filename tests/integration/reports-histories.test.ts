import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  readAllRates,
  readDifferenceSums,
  readPayoutCalendar,
  readRefundRate,
} from '#app/modules/reports/index.server.ts';
import { between } from '#app/modules/reports/reading-schema.ts';
import { NO_NARROWING } from '#app/modules/reports/report-filter-schema.ts';
import { Shelf } from '#app/modules/reports/shelf.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { reportRows } from '../setup/report-rows.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-20T12:00:00Z');
const SEED = 20_261_120;

let t: TestCtx;
let rows: ReturnType<typeof reportRows>;
beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(NOW);
  rows = reportRows(t);
});
afterEach(() => t.close());

/** Numbers that look drawn by chance, the same for a seed. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Sums = Record<string, [count: number, minor: number]>;
const add = (sums: Sums, key: string, minor: number): void => {
  const [count, sum] = sums[key] ?? [0, 0];
  sums[key] = [count + 1, sum + minor];
};

/** What the reports must say, from the rows themselves: every row read by plain SQL and added up here. */
async function truth(now: number) {
  type Row = Record<'id' | 'affiliateId' | 'currency' | 'holdState', string> &
    Record<'payoutCents' | 'expectedCents' | 'disputeBy' | 'releasedAt' | 'createdAt', number | null>;
  const { store } = t.ctx;
  const ms = (column: string): string =>
    store.dialect.name === 'sqlite'
      ? `CAST("${column}" AS BIGINT)`
      : `(extract(epoch FROM "${column}") * 1000)::bigint`;
  const leads = await store.query<Row>(
    `SELECT "id", "affiliateId", "currency", "holdState", "payoutCents", "expectedCents", ${ms('disputeBy')} AS "disputeBy", ${ms('releasedAt')} AS "releasedAt", ${ms('createdAt')} AS "createdAt" FROM "Lead"`,
  );
  const refunded = new Set(
    (
      await store.query<{ leadId: string }>(
        `SELECT "leadId" FROM "Refund" WHERE "reversal" IS NULL AND "matchDoubt" IS NULL`,
      )
    ).map(({ leadId }) => leadId),
  );
  const [from, to] = [Date.parse('2026-11-01T00:00:00Z'), Date.parse('2026-12-01T00:00:00Z')];
  const calendar: Sums = {};
  const rates: Sums = {};
  const differences: Sums = {};
  for (const lead of leads) {
    const pays = Number(lead.payoutCents ?? lead.expectedCents);
    const at = Number(lead.disputeBy ?? lead.releasedAt);
    const day = new Date(at).toISOString().slice(0, 10);
    const inMonth = at >= from && at < to;
    if (inMonth && lead.holdState === 'pending_release' && at > now)
      add(calendar, `${day} held ${lead.currency}`, pays);
    if (inMonth && at <= now && ['released', 'none'].includes(lead.holdState))
      add(calendar, `${day} released ${lead.currency}`, pays);
    add(rates, `${lead.affiliateId} ${lead.currency} leads`, pays);
    if (refunded.has(lead.id)) add(rates, `${lead.affiliateId} ${lead.currency} refunded`, pays);
    const { payoutCents: actual, expectedCents: expected } = lead;
    if (actual !== null && expected !== null && Math.abs(Number(actual) - Number(expected)) > 1)
      add(differences, `${lead.currency}`, Number(actual) - Number(expected));
  }
  return { calendar, rates, differences };
}

/** What the reports say, read anew. */
async function told() {
  const ctx = { ...t.ctx, store: { ...t.ctx.store } };
  const { days } = await readPayoutCalendar(ctx, {
    month: '2026-11',
    zone: 'UTC',
    by: 'affiliate',
    filter: NO_NARROWING,
  });
  const calendar: Sums = {};
  for (const day of days)
    for (const part of ['held', 'released'] as const)
      for (const { currency, count, minor } of day[part].sums)
        calendar[`${day.key} ${part} ${currency}`] = [count, minor];
  const rates: Sums = {};
  const report = await readRefundRate(ctx, { time: between(null, null), filter: NO_NARROWING, sort: 'rate' });
  const perCurrency = await Promise.all(
    ['USD', 'EUR', 'JPY'].map((currency) =>
      readAllRates(ctx, { from: null, to: null, filter: { ...NO_NARROWING, currency } }),
    ),
  );
  for (const { rows } of perCurrency)
    for (const { affiliateId, leads, refunded, money } of rows)
      for (const { currency, minor, refundedMinor } of money) {
        rates[`${affiliateId} ${currency} leads`] = [leads, minor];
        if (refunded > 0) rates[`${affiliateId} ${currency} refunded`] = [refunded, refundedMinor];
      }
  const differences: Sums = {};
  const { sums } = await readDifferenceSums(ctx, {
    time: between(null, null),
    filter: NO_NARROWING,
    hundredfold: false,
  });
  for (const { currency, count, actualMinor, expectedMinor } of sums)
    differences[`${currency}`] = [count, actualMinor - expectedMinor];
  return { calendar, rates, differences, total: [report.total.leads, report.total.refunded] };
}

test('RG-22 RG-37 after random histories every figure is what the rows say, to the cent', async () => {
  const roll = dice(SEED);
  const { prisma } = t.ctx.store;
  const leads: { id: string; conversionId: string }[] = [];
  let now = NOW - 25 * DAY_MS;
  const pick = () => leads[roll(leads.length)] as (typeof leads)[number];
  const change = (data: Parameters<typeof prisma.lead.update>[0]['data']) =>
    prisma.lead.update({ where: { id: pick().id }, data });
  const refunds: string[] = [];
  const refund = async () => {
    const { id } = await rows.refund(pick(), {
      disposition: 'ignored',
      kind: roll(3) === 0 ? 'chargeback' : 'refund',
    });
    refunds.push(id);
  };
  const ofRefund = (data: Parameters<typeof prisma.refund.updateMany>[0]['data']) =>
    prisma.refund.updateMany({ where: { id: refunds[roll(refunds.length)] ?? '' }, data });
  /** What happens to leads, also long after their day was shown. */
  const events: (() => Promise<unknown>)[] = [
    () => change({ holdState: 'disputed', disputedAt: new Date(now) }),
    () => change({ payoutCents: roll(5_000) }),
    () => change({ payoutCents: null }),
    () =>
      change({
        disputeBy: new Date(now + roll(20 * DAY_MS)),
        holdState: 'pending_release',
        releasedAt: null,
      }),
    () => change({ holdState: 'none', disputeBy: null, releasedAt: new Date(now) }),
    () => change({ affiliateId: `aff_${roll(4)}` }),
    refund,
    refund,
    () => ofRefund({ reversal: 'failed' }),
    () => ofRefund({ matchDoubt: 'It may be of another order.' }),
    () => ofRefund({ matchDoubt: null, reversal: null }),
    // as the clockwork does it
    () =>
      prisma.lead.updateMany({
        where: { holdState: 'pending_release', disputeBy: { lte: new Date(now) } },
        data: { holdState: 'released', releasedAt: new Date(now) },
      }),
  ];
  for (let step = 0; step < 240; step++) {
    now += roll(8 * 3_600_000);
    t.ctx.clock.stopAt(now);
    if (step < 20 || roll(3) === 0)
      leads.push(
        await rows.lead({
          createdAt: new Date(now),
          disputeBy: new Date(now + roll(30 * DAY_MS)),
          affiliateId: `aff_${roll(4)}`,
          currency: ['USD', 'EUR', 'JPY'][roll(3)] as string,
          payoutCents: 500 + roll(1_000),
          expectedCents: 500 + roll(1_000),
        }),
      );
    else await (events[roll(events.length)] as () => Promise<unknown>)();
    if (step % 20 !== 19) continue;
    const { total, ...figures } = await told();
    const rowsSay = await truth(now);
    expect(figures, `seed ${SEED}, step ${step}`).toEqual(rowsSay);
    const of = (what: string) =>
      Object.entries(rowsSay.rates).reduce((sum, [key, [n]]) => sum + (key.endsWith(what) ? n : 0), 0);
    expect(total, `seed ${SEED}, step ${step}`).toEqual([of('leads'), of('refunded')]);
  }
  expect(Object.keys((await truth(now)).calendar).length).toBeGreaterThan(10);
});

test('a late change reaches a report that was kept, without anybody waiting for it', async () => {
  let monotonic = 0;
  const shelf = new Shelf(() => monotonic);
  const lead = await rows.lead({ payoutCents: 1_000 });
  /** Takes half a second by the shelf's clock. */
  const read = async (): Promise<number> => {
    const { total } = await readPayoutCalendar(
      { ...t.ctx, store: { ...t.ctx.store } },
      { month: '2026-12', zone: 'UTC', by: 'campaign', filter: NO_NARROWING },
    );
    monotonic += 500;
    return total.held.sums[0]?.minor ?? 0;
  };
  const ask = () => shelf.ask(t.ctx, 'december', read);
  expect(await ask()).toMatchObject({ value: 1_000, reading: { renewing: false } });
  await t.ctx.store.prisma.lead.update({ where: { id: lead.id }, data: { payoutCents: 700 } });
  t.ctx.clock.advance(60_000);
  monotonic += 60_000;
  expect(await ask()).toEqual({
    value: 1_000,
    reading: { at: new Date(NOW).toISOString(), renewing: true },
  });
  await expect.poll(async () => (await ask()).reading.renewing).toBe(false);
  expect(await ask()).toEqual({
    value: 700,
    reading: { at: new Date(NOW + 60_000).toISOString(), renewing: false },
  });
  // nobody looks for a while: it is read anew all the same
  await t.ctx.store.prisma.lead.update({ where: { id: lead.id }, data: { holdState: 'disputed' } });
  expect(await shelf.renewDue(t.ctx)).toBe(false);
  monotonic += 150_000;
  expect(await shelf.renewDue(t.ctx)).toBe(true);
  expect(await ask()).toMatchObject({ value: 0, reading: { renewing: false } });
});

test('who asks while a report is read waits for the same reading; a failed one leaves nothing behind', async () => {
  let monotonic = 0;
  const shelf = new Shelf(() => monotonic);
  let readings = 0;
  const gate = Promise.withResolvers<number>();
  const first = shelf.ask(t.ctx, 'x', () => {
    readings++;
    return gate.promise;
  });
  const second = shelf.ask(t.ctx, 'x', async () => 99);
  gate.resolve(7);
  expect([(await first).value, (await second).value, readings]).toEqual([7, 7, 1]);
  monotonic += 60_000;
  const fails = () => shelf.ask(t.ctx, 'x', () => Promise.reject(new Error('the disk is gone')));
  await expect(fails()).rejects.toThrow('the disk is gone');
  await expect(fails()).rejects.toThrow('the disk is gone');
  expect((await shelf.ask(t.ctx, 'x', async () => 8)).value).toBe(8);
});
