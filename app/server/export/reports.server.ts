import type { DifferingLead } from '#app/modules/reports/expected-schema.ts';
import {
  inOrder,
  listDifferences,
  type PayoutLine,
  readAllRates,
  readPayoutLines,
} from '#app/modules/reports/index.server.ts';
import type { RateMoney, RateRow } from '#app/modules/reports/refund-rate-schema.ts';
import { boundsOf, readNarrowing, readPeriod } from '../../routes/_console.reports/filters.ts';
import { DIFFERENCE_WORDS } from '../../routes/_console.reports.expected/words.ts';
import { CHUNK, exportTable } from './table.ts';

const share = (value: number | null): string | null => (value === null ? null : value.toFixed(6));

/** The payout calendar of the month that the page shows, in full detail: a chunk is a day. */
export const payouts = exportTable<PayoutLine>({
  async read({ ctx }, query, zone) {
    const day = await readPayoutLines(ctx, {
      month: query.get('month'),
      zone,
      filter: readNarrowing(query),
    });
    return async (cursor) => {
      const i = Number(cursor ?? 0);
      const rows = await day(i);
      return { rows: rows ?? [], next: rows === null ? null : String(i + 1) };
    };
  },
  columns: [
    { header: 'Day', day: (row) => row.day },
    { header: 'State', text: (row) => row.state },
    { header: 'Campaign', text: (row) => row.campaignId },
    { header: 'Campaign name', text: (row) => row.campaignName },
    { header: 'Affiliate', text: (row) => row.affiliateId },
    { header: 'Leads', text: (row) => row.leads },
    { header: 'Payout', money: (row) => ({ minor: row.minor, currency: row.currency }) },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Payout unknown', text: (row) => row.unknown },
    { header: 'At risk', text: (row) => row.atRisk },
    { header: 'Payout at risk', money: (row) => ({ minor: row.atRiskMinor, currency: row.currency }) },
    { header: 'Days assumed', text: (row) => row.assumed },
  ],
});

/** An affiliate, once for each currency of its payouts. */
interface RateLine {
  rate: RateRow;
  money: RateMoney | null;
}

/** Refund rates of all affiliates, outliers first. */
export const refundRate = exportTable<RateLine>({
  async read({ ctx }, query, zone) {
    const bounds = boundsOf(readPeriod(query), ctx.clock.now(), zone);
    const { rows } = await readAllRates(ctx, { ...bounds, filter: readNarrowing(query) });
    const lines = inOrder(rows, 'rate').flatMap((rate): RateLine[] =>
      rate.money.length === 0 ? [{ rate, money: null }] : rate.money.map((money) => ({ rate, money })),
    );
    return async (cursor) => {
      const at = Number(cursor ?? 0);
      const next = at + CHUNK < lines.length ? String(at + CHUNK) : null;
      return { rows: lines.slice(at, at + CHUNK), next };
    };
  },
  columns: [
    { header: 'Affiliate', text: ({ rate }) => rate.affiliateId },
    { header: 'Outlier', text: ({ rate }) => (rate.outlier ? 'yes' : 'no') },
    { header: 'Leads', text: ({ rate }) => rate.leads },
    { header: 'Refunded', text: ({ rate }) => rate.refunded },
    { header: 'Chargebacks', text: ({ rate }) => rate.chargebacks },
    { header: 'Fraud reports', text: ({ rate }) => rate.frauds },
    { header: 'Refund rate', text: ({ rate }) => share(rate.rate) },
    { header: 'Low end (99 %)', text: ({ rate }) => share(rate.lower) },
    { header: 'High end (99 %)', text: ({ rate }) => share(rate.upper) },
    { header: 'Rate of the others', text: ({ rate }) => share(rate.others) },
    {
      header: 'Payouts',
      money: ({ money }) => ({ minor: money?.minor ?? null, currency: money?.currency ?? null }),
    },
    {
      header: 'Payouts refunded',
      money: ({ money }) => ({ minor: money?.refundedMinor ?? null, currency: money?.currency ?? null }),
    },
    { header: 'Currency', text: ({ money }) => money?.currency ?? null },
  ],
});

/** Leads that pay otherwise than expected, newest first (RG-22). */
export const expected = exportTable<DifferingLead>({
  async read({ ctx }, query, zone) {
    const asked = {
      ...boundsOf(readPeriod(query), ctx.clock.now(), zone),
      filter: readNarrowing(query),
      hundredfold: query.get('only') === '100',
    };
    return async (cursor) => {
      const page = await listDifferences(ctx, { ...asked, limit: CHUNK, after: cursor ?? undefined });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Lead', text: (row) => row.id },
    { header: 'Order', text: (row) => row.externalId },
    { header: 'Network', text: (row) => row.network },
    { header: 'Campaign', text: (row) => row.campaignId },
    { header: 'Campaign name', text: (row) => row.campaignName },
    { header: 'Affiliate', text: (row) => row.affiliateId },
    { header: 'Paid', text: (row) => DIFFERENCE_WORDS[row.kind].label },
    { header: 'Expected payout', money: (row) => ({ minor: row.expectedCents, currency: row.currency }) },
    { header: 'Payout', money: (row) => ({ minor: row.payoutCents, currency: row.currency }) },
    {
      header: 'Difference',
      money: (row) => ({ minor: row.payoutCents - row.expectedCents, currency: row.currency }),
    },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Revenue', money: (row) => ({ minor: row.revenueCents, currency: row.revenueCurrency }) },
    { header: 'Revenue currency', text: (row) => row.revenueCurrency },
    { header: 'Opened', time: (row) => row.createdAt },
  ],
});
