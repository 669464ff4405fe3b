import { isDeepStrictEqual } from 'node:util';
import type { PaddleMapping } from '../../mapping-schema.ts';
import { at, id, isoOf, keysOf, list, needCurrency, needMinor, needText, object, text } from '../read.ts';
import type { EventHead, Found, FoundConversion, WebhookSource } from '../types.ts';
import { readAdjustment } from './adjustments.ts';
import { verifyPaddle } from './verify.ts';

/** Paddle (RG-39): `{event_id, event_type, occurred_at, data}`. Amounts are texts in the currency's lowest denomination. */
export const paddleSource: WebhookSource<PaddleMapping> = {
  id: 'paddle',
  label: 'Paddle',
  eventTypes: [
    'transaction.completed',
    'transaction.payment_failed',
    'adjustment.created',
    'adjustment.updated',
  ],
  mappedTypes: ['transaction.completed'],
  lookAgain: ['transaction.payment_failed'],
  verify: verifyPaddle,
  // sent again, it may be a notification of its own
  saysTheSame: (before, again) =>
    ['event_type', 'occurred_at', 'data'].every((name) =>
      isDeepStrictEqual(at(before, name), at(again, name)),
    ),
  readHead: (event): EventHead => ({
    eventId: needText(at(event, 'event_id'), 'event_id'),
    type: needText(at(event, 'event_type'), 'event_type'),
    // Paddle's sandbox is an account of its own and marks nothing: its endpoint's mapping says that it is one
    testMode: false,
    subjectId: id(at(event, 'data')),
    occurredAt: isoOf(at(event, 'occurred_at')),
  }),
  interpret(type, event, mapping) {
    const data = at(event, 'data');
    const happenedAt = isoOf(at(event, 'occurred_at'));
    if (type === 'transaction.completed') return readTransaction(data, mapping, happenedAt);
    if (type === 'transaction.payment_failed') return readFailedPayment(data, happenedAt);
    if (type === 'adjustment.created' || type === 'adjustment.updated')
      return readAdjustment(data, happenedAt);
    return { kind: 'nothing', words: `Events of the type ${type} mean nothing to Leadline.` };
  },
};

const transactionKeys = (data: unknown) =>
  keysOf([
    ['transaction', at(data, 'id')],
    ['invoice', at(data, 'invoice_id')],
    ['subscription', at(data, 'subscription_id')],
  ]);

function readTransaction(data: unknown, mapping: PaddleMapping, happenedAt: string | null): Found {
  const amount = needMinor(at(data, 'details', 'totals', 'grand_total'), 'data.details.totals.grand_total');
  if (amount === 0)
    return {
      kind: 'nothing',
      words: 'Nothing was paid (a trial, or a full discount): no money moved, so it is no conversion.',
    };
  const subscription = id(at(data, 'subscription_id'));
  // subscription_recurring, _charge, _update, _payment_method_change: what follows a subscription's beginning
  const later = text(at(data, 'origin'))?.startsWith('subscription_') === true;
  if (later && mapping.renewals === 'never')
    return { kind: 'nothing', words: 'Renewals are not reported: the mapping of this endpoint says so.' };
  return {
    kind: 'conversion',
    // what follows inherits the custom data of the beginning: only its own id is its own
    externalId: later ? needText(at(data, 'id'), 'data.id') : externalIdOf(data, mapping),
    eventType: subscription !== null || isRecurring(data) ? 'SUBSCRIPTION' : 'PURCHASE',
    revenueCents: amount,
    currency: needCurrency(at(data, 'currency_code'), 'data.currency_code'),
    ...refOf(data, mapping),
    coupon: text(at(data, 'custom_data', 'promo')),
    customer: customerOf(data),
    keys: transactionKeys(data),
    // when it was paid, not when it was billed: a payment that failed in between is no refund
    occurredAt: happenedAt ?? isoOf(at(data, 'billed_at')),
    onlyFirstOf:
      mapping.renewals === 'first_paid' && subscription !== null
        ? { kind: 'subscription', key: subscription, said: later ? 'later' : 'first' }
        : null,
  };
}

/** Whether anything bought is billed again: the subscription's id may still be missing from its first transaction. */
const isRecurring = (data: unknown): boolean =>
  list(at(data, 'items')).some((item) => object(at(item, 'price', 'billing_cycle')) !== null);

/** A payment that failed is a refund only of a transaction that had been reported as paid before. */
function readFailedPayment(data: unknown, happenedAt: string | null): Found {
  const transaction = needText(at(data, 'id'), 'data.id');
  return {
    kind: 'refund',
    refundId: `${transaction}:payment_failed`,
    refundKind: 'refund',
    amountCents: null,
    currency: needCurrency(at(data, 'currency_code'), 'data.currency_code'),
    full: true,
    keys: keysOf([['transaction', transaction]]),
    occurredAt: happenedAt,
    note: 'Paddle says that the payment failed',
    ask: null,
    onlyIfConverted: true,
  };
}

function externalIdOf(data: unknown, mapping: PaddleMapping): string {
  const place = mapping.externalId;
  if (place === 'transaction') return needText(at(data, 'id'), 'data.id');
  if (place === 'invoice') return needText(at(data, 'invoice_id'), 'data.invoice_id');
  return needText(at(data, 'custom_data', place.customData), `data.custom_data.${place.customData}`);
}

function refOf(data: unknown, mapping: PaddleMapping): Pick<FoundConversion, 'ref' | 'record'> {
  let record: FoundConversion['record'] = null;
  for (const place of mapping.ref) {
    if ('recordOf' in place) {
      const named = id(at(data, place.recordOf === 'transaction' ? 'id' : `${place.recordOf}_id`));
      if (named !== null) record ??= { type: place.type, id: named };
      continue;
    }
    const ref = text(at(data, 'custom_data', place.customData));
    if (ref !== null) return { ref, record };
  }
  return { ref: null, record };
}

function customerOf(data: unknown): FoundConversion['customer'] {
  const known = id(at(data, 'customer_id'));
  return known ? { id: known } : {};
}
