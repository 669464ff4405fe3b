import { keepable } from '#app/platform/text-rules.ts';
import { at, isoOf, keysOf, needCurrency, needMinor, needText, text } from '../read.ts';
import { EventFault, type Found, type FoundRefund } from '../types.ts';

const nothing = (words: string): Found => ({ kind: 'nothing', words });

/** Actions by which money goes back, or may. */
const TAKES_BACK = new Set(['refund', 'chargeback', 'chargeback_warning']);

/** An adjustment: money goes back by refund or chargeback, once it is approved. */
export function readAdjustment(data: unknown, happenedAt: string | null): Found {
  const action = text(at(data, 'action')) ?? '';
  const status = text(at(data, 'status'));
  if (action === 'credit' || action === 'credit_reverse')
    return nothing("A credit to the customer's balance: no payment was taken back.");
  // the adjustment taken back is not named, only its transaction; its own event says `reversed` too
  if (action === 'chargeback_reverse')
    return {
      kind: 'reversal',
      refundId: null,
      reversal: 'won',
      keys: keysOf([['transaction', at(data, 'transaction_id')]]),
      refund: null,
      occurredAt: happenedAt,
    };
  if (action === 'chargeback_warning_reverse')
    return nothing("A bank's warning was taken back: the warning itself is told again as reversed.");
  if (!TAKES_BACK.has(action)) throw unknownWord('action', action);
  if (status === 'pending_approval')
    return nothing('The refund waits for approval at Paddle: it counts once it is approved.');
  const found = refundIn(data, action, happenedAt);
  if (status === 'rejected' || status === 'reversed')
    return {
      kind: 'reversal',
      refundId: found.refundId,
      reversal: action === 'refund' ? 'failed' : 'won',
      keys: found.keys,
      refund: null,
      occurredAt: happenedAt,
    };
  if (status !== 'approved') throw unknownWord('status', status);
  return found;
}

function refundIn(data: unknown, action: string, happenedAt: string | null): FoundRefund {
  const reason = text(at(data, 'reason'));
  return {
    kind: 'refund',
    refundId: needText(at(data, 'id'), 'data.id'),
    refundKind: action === 'refund' ? 'refund' : 'chargeback',
    amountCents: needMinor(at(data, 'totals', 'total'), 'data.totals.total'),
    currency: needCurrency(at(data, 'currency_code'), 'data.currency_code'),
    full: at(data, 'type') === 'full' ? true : null,
    keys: keysOf([
      ['transaction', at(data, 'transaction_id')],
      ['subscription', at(data, 'subscription_id')],
    ]),
    occurredAt: isoOf(at(data, 'created_at')) ?? happenedAt,
    note: reason ? `Paddle names the reason ${keepable(reason.slice(0, 200))}` : null,
    ask:
      action === 'chargeback_warning'
        ? 'The bank warns of a chargeback but has not taken the money back. Dispute the lead or let it pass.'
        : null,
    onlyIfConverted: false,
  };
}

const unknownWord = (field: string, word: string | null): EventFault =>
  new EventFault(
    `data.${field}`,
    `is ${JSON.stringify(word).slice(0, 60)}, which Paddle's documentation does not name`,
  );
