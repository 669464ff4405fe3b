import { REASONS, type Reason, type ReasonTotal, SETTLED } from './schema.ts';

/** What counts of a result row towards the totals. */
export interface Counted {
  reason: Reason;
  amountMinor: number | null;
  currency: string | null;
  ourMinor: number | null;
  ourCurrency: string | null;
  refundedMinor: number | null;
}

/** Money of a row: the file's amount, what it gave back where the reason is about that or it is all it says, or Leadline's where it is alone. */
function moneyOf(row: Counted): { minor: number; currency: string } {
  if (row.reason === 'leadline_only') return { minor: row.ourMinor ?? 0, currency: row.ourCurrency ?? '' };
  const currency = row.currency ?? '';
  if (row.reason === 'refund_differs') return { minor: row.refundedMinor ?? 0, currency };
  // without a sum of its own the whole order was given back
  if (row.reason === 'refunded_not_disputed')
    return { minor: row.refundedMinor ?? row.amountMinor ?? 0, currency };
  return { minor: row.amountMinor ?? row.refundedMinor ?? 0, currency };
}

/** Totals with some rows more, by reason (in the order of REASONS) and currency. Money stays within safe integers. */
export function addToTotals(totals: readonly ReasonTotal[], rows: readonly Counted[]): ReasonTotal[] {
  const byKey = new Map(totals.map((total) => [`${total.reason}/${total.currency}`, { ...total }]));
  for (const row of rows) {
    const { minor, currency } = moneyOf(row);
    const key = `${row.reason}/${currency}`;
    const total = byKey.get(key) ?? { reason: row.reason, currency, count: 0, minor: 0 };
    byKey.set(key, {
      ...total,
      count: total.count + 1,
      minor: Math.min(Number.MAX_SAFE_INTEGER, total.minor + minor),
    });
  }
  return [...byKey.values()].sort(
    (a, b) =>
      REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) ||
      b.count - a.count ||
      (a.currency < b.currency ? -1 : 1),
  );
}

/** How many rows need somebody. */
export const gapsOf = (totals: readonly ReasonTotal[]): number =>
  totals.reduce((sum, { reason, count }) => (SETTLED.includes(reason) ? sum : sum + count), 0);
