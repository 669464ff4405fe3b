import { keepable } from '#app/platform/text-rules.ts';
import { at, isoOf, type Json, keysOf, list, needCurrency, needDecimal, needText, text } from '../read.ts';
import { EventFault, type Found } from '../types.ts';
import { inShopMoney } from './shop-money.ts';

/** The transactions by which money goes back. */
const moneyBack = (refund: unknown): Json[] =>
  list(at(refund, 'transactions')).filter(
    (one) => one.kind === 'refund' && (one.status === 'success' || one.status === 'pending'),
  );

/** Whether all the money that went back was a test gateway's: the refund itself does not say that it is a test. */
export function testsAlone(refund: unknown): boolean {
  const moved = moneyBack(refund);
  return moved.length > 0 && moved.every((one) => one.test === true);
}

/** The money of a refund is in its transactions; goods that came back without money are none. */
export function readRefund(refund: unknown): Found {
  const all = moneyBack(refund);
  const moved = testsAlone(refund) ? all : all.filter((one) => one.test !== true);
  if (moved.length === 0)
    return { kind: 'nothing', words: 'No money went back with it (goods only, or the payment failed).' };
  const currency = needCurrency(moved[0]?.currency, 'transactions[0].currency');
  let sum = 0;
  for (const [i, one] of moved.entries()) {
    if (needCurrency(one.currency, `transactions[${i}].currency`) !== currency)
      throw new EventFault(`transactions[${i}].currency`, 'differs from the first: the sum cannot be known');
    sum += needDecimal(one.amount, currency, `transactions[${i}].amount`);
  }
  if (sum === 0) return { kind: 'nothing', words: 'A refund of no money: goods or stock only.' };
  const note = text(at(refund, 'note'));
  return {
    kind: 'refund',
    refundId: needText(at(refund, 'id'), 'id'),
    refundKind: 'refund',
    ...(inShopMoney(refund, { amountCents: sum, currency }) ?? { amountCents: sum, currency }),
    full: null,
    keys: keysOf([['order', at(refund, 'order_id')]]),
    occurredAt: isoOf(at(refund, 'processed_at')) ?? isoOf(at(refund, 'created_at')),
    note: note ? keepable(note.slice(0, 500)) : null,
    // Shopify tells of a refund once: how a pending one ends, no event of these says
    ask: moved.some((one) => one.status === 'pending')
      ? 'Some of its money was still pending when Shopify told of it. Look there whether it went through, then dispute the lead or let it pass.'
      : null,
    onlyIfConverted: false,
  };
}
