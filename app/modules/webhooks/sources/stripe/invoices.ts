import type { StripeMapping } from '../../mapping-schema.ts';
import { at, id, keysOf, list, needText, object, secondsToIso } from '../read.ts';
import type { Found, PaymentKey } from '../types.ts';
import { needStripeMoney } from './money.ts';
import { couponOf, customerOf, refOf } from './places.ts';

/**
 * An invoice counts by the mapping: the first of a subscription (`subscription_create`) is left to its checkout
 * session unless `subscriptionsByCheckout` is off; the others follow `renewals`. One that does not count still tells
 * which payment paid it: a refund names the payment, the session only its invoice.
 */
export function readInvoice(invoice: unknown, mapping: StripeMapping, happenedAt: string | null): Found {
  const subscription = subscriptionOf(invoice);
  const paidWith = paymentsOf(invoice);
  const first = at(invoice, 'billing_reason') === 'subscription_create';
  const money = needStripeMoney(
    at(invoice, 'amount_paid'),
    at(invoice, 'currency'),
    'data.object.amount_paid',
  );
  const left = leftOut(mapping, { first, subscription, amountCents: money.amountCents });
  if (left) return { kind: 'nothing', words: left, links: paidWith };
  const metadata = {
    ...object(at(invoice, 'subscription_details', 'metadata')),
    ...object(at(invoice, 'parent', 'subscription_details', 'metadata')),
    ...object(at(invoice, 'metadata')),
  };
  return {
    kind: 'conversion',
    externalId: needText(at(invoice, 'id'), 'data.object.id'),
    eventType: subscription === null ? 'PURCHASE' : 'SUBSCRIPTION',
    revenueCents: money.amountCents,
    currency: money.currency,
    ...refOf(invoice, metadata, mapping),
    coupon: couponOf(metadata),
    customer: customerOf(at(invoice, 'customer_email'), at(invoice, 'customer')),
    keys: [...paidWith, ...keysOf([['subscription', subscription]])],
    occurredAt: secondsToIso(at(invoice, 'status_transitions', 'paid_at')) ?? happenedAt,
    onlyFirstOf:
      mapping.renewals === 'first_paid' && subscription !== null
        ? { kind: 'subscription', key: subscription, said: first ? 'first' : 'later' }
        : null,
  };
}

/** Why an invoice is no conversion by this mapping, or null where it is one. */
function leftOut(
  mapping: StripeMapping,
  invoice: { first: boolean; subscription: string | null; amountCents: number },
): string | null {
  if (invoice.amountCents === 0) return 'Nothing was paid with this invoice (a trial, or credit).';
  if (invoice.first)
    return mapping.subscriptionsByCheckout
      ? "The first invoice of a subscription: its checkout session is what is reported. If there is no checkout, say so in the endpoint's mapping."
      : null;
  if (mapping.renewals === 'never') return 'Invoices are not reported: the mapping of this endpoint says so.';
  if (mapping.renewals === 'first_paid' && invoice.subscription === null)
    return 'An invoice without a subscription: only subscriptions are reported by invoice.';
  return null;
}

/** `invoice_payment.paid` (since API version 2025-03): the only event that says which payment paid an invoice. */
export function readInvoicePayment(payment: unknown): Found {
  return {
    kind: 'nothing',
    words: 'It tells which payment paid an invoice: a refund of that payment finds its order by it.',
    links: keysOf([
      ['invoice', at(payment, 'invoice')],
      ['payment_intent', at(payment, 'payment', 'payment_intent')],
      ['charge', at(payment, 'payment', 'charge')],
    ]),
  };
}

/** Where the subscription stands: at the top in older API versions, under `parent` since 2025-03. */
const subscriptionOf = (invoice: unknown): string | null =>
  id(at(invoice, 'subscription')) ?? id(at(invoice, 'parent', 'subscription_details', 'subscription'));

/** The invoice and the payments that paid it: at the top in older API versions, a list since 2025-03. */
const paymentsOf = (invoice: unknown): PaymentKey[] =>
  keysOf([
    ['invoice', at(invoice, 'id')],
    ['payment_intent', at(invoice, 'payment_intent')],
    ['charge', at(invoice, 'charge')],
    ...list(at(invoice, 'payments', 'data')).flatMap(
      ({ payment }) =>
        [
          ['payment_intent', at(payment, 'payment_intent')],
          ['charge', at(payment, 'charge')],
        ] as const,
    ),
  ]);
