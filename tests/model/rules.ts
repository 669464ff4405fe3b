import type { Deed, Order, Refund, Terms } from './types.ts';

const MILDER: Record<Deed, Deed> = { now: 'ask', later: 'ask', ask: 'never', never: 'never' };

/**
 * What is to be done about a refund once `standing` of the order (itself among them) have been given back. Written
 * from the words (point 4) and CONTRACT.md, not from the product.
 */
export function deedOf(refund: Refund, standing: readonly Refund[], order: Order, { rules }: Terms): Deed {
  if (refund.kind === 'chargeback') return rules.chargeback;
  if (refund.kind === 'fraud') return rules.fraud;
  const given = standing
    .filter((one) => one.kind === 'refund')
    .reduce((sum, one) => sum + (one.amount ?? 0), 0);
  // more than was paid cannot be right: a person looks
  if (refund.amount !== null && given > order.revenue) return 'ask';
  if (refund.full === true || refund.amount === null || given >= order.revenue) return rules.full;
  const small = rules.fromPercent !== null && given * 100 < rules.fromPercent * order.revenue;
  return small ? MILDER[rules.partial] : rules.partial;
}
