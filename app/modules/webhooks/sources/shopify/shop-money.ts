import { decimalToMinor } from '#app/platform/money.ts';
import { at, list, text } from '../read.ts';

type Side = 'shop_money' | 'presentment_money';

/** Places of one money set, and whether it adds to what goes back or takes from it. */
type Part = readonly [set: unknown, sign: 1 | -1];

/**
 * What went back in the shop's currency, in minor units, where its transactions are in the buyer's (a shop that sells
 * in several currencies). An order's total is in the shop's, so only that can be compared with it. The transactions
 * hold one currency; the parts of the refund hold both. They are believed only where they add up to exactly what the
 * transactions moved; null where they do not, or where the transactions are in the shop's currency already.
 */
export function inShopMoney(
  refund: unknown,
  moved: { amountCents: number; currency: string },
): { amountCents: number; currency: string } | null {
  const parts = partsOf(refund).filter(([set]) => set !== undefined && set !== null);
  const currency = text(at(parts[0]?.[0], 'shop_money', 'currency_code'));
  if (currency === null || currency === moved.currency) return null;
  if (sumOf(parts, 'presentment_money', moved.currency) !== moved.amountCents) return null;
  const amountCents = sumOf(parts, 'shop_money', currency);
  return amountCents === null || amountCents <= 0 ? null : { amountCents, currency };
}

/**
 * Goods with their tax, duties, fees and shipping go back. An adjustment counts the other way: what was given beyond
 * the computed sum is negative in it, what was kept of it positive. Shipping stands in the adjustments, in lines of
 * its own, or (API version 2026-07) in both: then it is one sum, not two.
 */
function partsOf(refund: unknown): Part[] {
  const adjustments = list(at(refund, 'order_adjustments'));
  const shipping = adjustments.some(({ kind }) => kind === 'shipping_refund')
    ? []
    : list(at(refund, 'refund_shipping_lines'));
  return [
    ...list(at(refund, 'refund_line_items')).flatMap((one): Part[] => [
      [one.subtotal_set, 1],
      [one.total_tax_set, 1],
    ]),
    ...shipping.map((one): Part => [one.subtotal_amount_set, 1]),
    [at(refund, 'total_duties_set'), 1],
    [at(refund, 'total_additional_fees_set'), 1],
    ...adjustments.flatMap((one): Part[] => [
      [one.amount_set, -1],
      [one.tax_amount_set, -1],
    ]),
  ];
}

/** One side of all parts in minor units; null where any of them is not in that currency or cannot be read. */
function sumOf(parts: readonly Part[], side: Side, currency: string): number | null {
  let sum = 0;
  for (const [set, sign] of parts) {
    const given = at(set, side, 'amount');
    const amount = typeof given === 'number' ? String(given) : given;
    const minor = typeof amount === 'string' ? decimalToMinor(amount, currency) : null;
    if (minor === null || at(set, side, 'currency_code') !== currency) return null;
    sum += sign * minor;
  }
  return sum;
}
