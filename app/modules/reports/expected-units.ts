import type { Difference } from './expected-schema.ts';

/** From this factor on, a difference can be the mistake of cents; between lie terms that changed, or rounding of small sums. */
const AT_LEAST = 50;

/** Whether `large` is 100 times `small`, give or take the rounding of `small` to a whole minor unit. */
const isHundredfold = (large: number, small: number): boolean =>
  small > 0 && large >= small * AT_LEAST && large >= (small - 1) * 100 && large <= (small + 1) * 100;

/** What kind of difference it is (RG-22); null where they agree up to one minor unit of rounding. Integer minor units. */
export function differenceOf(expected: number, actual: number): Difference | null {
  if (Math.abs(expected - actual) <= 1) return null;
  if (isHundredfold(actual, expected)) return 'hundredfold';
  if (isHundredfold(expected, actual)) return 'hundredth';
  if (actual === 0) return 'nothing';
  return actual > expected ? 'more' : 'less';
}

/** Says the same in SQL of a column pair; `large` and `small` are column names. */
export const hundredfoldSql = (large: string, small: string): string =>
  `${small} > 0 AND ${large} >= ${small} * ${AT_LEAST} AND ${large} BETWEEN (${small} - 1) * 100 AND (${small} + 1) * 100`;

/** An order whose revenue was reported, integer minor units. */
export interface ReportedOrder {
  leadId: string;
  externalId: string;
  revenueCents: number;
}

const MIN_ORDERS = 20;
/** So far from the usual order that the unit is a likelier reason than a cheap product. */
const FAR = 25;
const NEAR = 4;
/** A share of orders in between that speaks for a range of prices instead. */
const BETWEEN_SHARE = 0.02;

/**
 * Orders of one campaign and currency whose revenue looks like a hundredth of the usual one, or a hundred times it:
 * far from the median, with hardly any order in between, as prices that differ would have. Empty under 20 orders.
 */
export function farFromUsual(orders: readonly ReportedOrder[]): {
  usual: number;
  major: ReportedOrder[];
  hundredfold: ReportedOrder[];
} {
  const paid = orders.filter(({ revenueCents }) => revenueCents > 0);
  const sorted = paid.map(({ revenueCents }) => revenueCents).sort((a, b) => a - b);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  if (paid.length < MIN_ORDERS) return { usual, major: [], hundredfold: [] };
  const within = (low: number, high: number) =>
    paid.filter(({ revenueCents }) => revenueCents > low && revenueCents < high).length;
  const few = (n: number) => n <= paid.length * BETWEEN_SHARE;
  const major = few(within(usual / FAR, usual / NEAR))
    ? paid.filter(({ revenueCents }) => revenueCents <= usual / FAR && revenueCents >= usual / 400)
    : [];
  const hundredfold = few(within(usual * NEAR, usual * FAR))
    ? paid.filter(({ revenueCents }) => revenueCents >= usual * FAR && revenueCents <= usual * 400)
    : [];
  return { usual, major, hundredfold };
}

/**
 * What a refund in full says of the unit in which its order was reported: the provider's amount is 100 times it
 * (`major`), a hundredth of it (`hundredfold`), or neither (null).
 */
export function unitByRefund(revenueCents: number, refundCents: number): 'major' | 'hundredfold' | null {
  if (isHundredfold(refundCents, revenueCents)) return 'major';
  return isHundredfold(revenueCents, refundCents) ? 'hundredfold' : null;
}
