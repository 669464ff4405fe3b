import type { Ids } from './ids.ts';
import { refundedOf } from './ledger.ts';
import { CHARGE_REST, DISPUTE_REST, INVOICE_REST, REFUND_REST, SESSION_REST } from './stripe-rest.ts';
import type { BillingEvent, Dispute, Payment, Refund } from './types.ts';

/** The API version whose shapes are played: no refunds inside a charge, an invoice's subscription under `parent`. */
const API_VERSION = '2026-10-28.endive';
const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Wraps an object as Stripe's events do. */
export function stripeEvent(
  ids: Ids,
  type: string,
  object: unknown,
  at: { now: number; livemode: boolean },
): BillingEvent {
  const eventId = ids.stripe('evt');
  const body = {
    id: eventId,
    object: 'event',
    api_version: API_VERSION,
    created: seconds(at.now),
    data: { object },
    livemode: at.livemode,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
  return {
    source: 'stripe',
    eventId,
    type,
    body: JSON.stringify(body, null, 2),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    },
  };
}

/** A checkout session that is completed. */
export function sessionOf(payment: Payment): unknown {
  const { ids, amountCents, status, subscription } = payment;
  const free = amountCents === 0;
  return {
    ...SESSION_REST,
    id: ids.session,
    object: 'checkout.session',
    amount_subtotal: amountCents,
    amount_total: amountCents,
    client_reference_id: payment.orderId,
    created: seconds(payment.createdAt),
    currency: payment.currency.toLowerCase(),
    customer: payment.customer,
    customer_details: { email: payment.email, name: null, phone: null, tax_exempt: 'none' },
    customer_email: null,
    invoice: ids.invoice ?? null,
    livemode: payment.livemode,
    metadata: metadataOf(payment),
    mode: subscription ? 'subscription' : 'payment',
    // a session of a subscription names no payment intent; its invoice does
    payment_intent: subscription || free ? null : ids.payment_intent,
    payment_method_types: ['card'],
    payment_status: free ? 'no_payment_required' : status === 'paid' ? 'paid' : 'unpaid',
    status: 'complete',
    subscription: ids.subscription ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
}

/** An invoice that is paid. Which payment paid it is told by `invoicePaymentOf` alone (since 2025-03). */
export function invoiceOf(payment: Payment): unknown {
  const { ids, amountCents } = payment;
  const currency = payment.currency.toLowerCase();
  return {
    ...INVOICE_REST,
    id: ids.invoice,
    object: 'invoice',
    amount_due: amountCents,
    amount_paid: amountCents,
    amount_remaining: 0,
    billing_reason: payment.origin === 'renewal' ? 'subscription_cycle' : 'subscription_create',
    created: seconds(payment.createdAt),
    currency,
    customer: payment.customer,
    customer_email: payment.email,
    livemode: payment.livemode,
    metadata: {},
    parent: {
      type: 'subscription_details',
      subscription_details: { subscription: ids.subscription, metadata: metadataOf(payment) },
    },
    status: 'paid',
    subtotal: amountCents,
    subtotal_excluding_tax: amountCents,
    total_excluding_tax: amountCents,
    status_transitions: { paid_at: seconds(payment.createdAt) },
    total: amountCents,
  };
}

/** The link between an invoice and the payment that paid it. */
export function invoicePaymentOf(payment: Payment): unknown {
  const { ids, amountCents } = payment;
  return {
    id: String(ids.invoice).replace('in_', 'inpay_'),
    object: 'invoice_payment',
    amount_paid: amountCents,
    amount_requested: amountCents,
    created: seconds(payment.createdAt),
    currency: payment.currency.toLowerCase(),
    invoice: ids.invoice,
    is_default: true,
    livemode: payment.livemode,
    payment: { type: 'payment_intent', payment_intent: ids.payment_intent },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: seconds(payment.createdAt) },
  };
}

/** A charge with what has gone back of it so far. */
export function chargeOf(payment: Payment): unknown {
  const refunded = refundedOf(payment);
  return {
    ...CHARGE_REST,
    id: payment.ids.charge,
    object: 'charge',
    amount: payment.amountCents,
    amount_captured: payment.amountCents,
    amount_refunded: refunded,
    captured: true,
    created: seconds(payment.createdAt),
    currency: payment.currency.toLowerCase(),
    customer: payment.customer,
    disputed: payment.dispute !== null,
    livemode: payment.livemode,
    metadata: metadataOf(payment),
    paid: true,
    payment_intent: payment.ids.payment_intent,
    refunded: refunded === payment.amountCents,
    status: 'succeeded',
  };
}

export function refundOf(payment: Payment, refund: Refund): unknown {
  return {
    ...REFUND_REST,
    id: refund.id,
    object: 'refund',
    amount: refund.amountCents,
    charge: payment.ids.charge,
    created: seconds(refund.createdAt),
    currency: payment.currency.toLowerCase(),
    ...(refund.status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
    metadata: {},
    payment_intent: payment.ids.payment_intent,
    reason: refund.reason,
    receipt_number: null,
    status: refund.status,
  };
}

export function disputeOf(payment: Payment, dispute: Dispute): unknown {
  return {
    ...DISPUTE_REST,
    id: dispute.id,
    object: 'dispute',
    amount: dispute.amountCents,
    charge: payment.ids.charge,
    created: seconds(dispute.createdAt),
    currency: payment.currency.toLowerCase(),
    is_charge_refundable: dispute.status.startsWith('warning_'),
    livemode: payment.livemode,
    metadata: {},
    payment_intent: payment.ids.payment_intent,
    reason: dispute.reason,
    status: dispute.status,
  };
}

const metadataOf = ({ metadata, ref, promo }: Payment): Record<string, string> => ({
  ...metadata,
  ...(ref === null ? {} : { rgta_ref: ref }),
  ...(promo === null ? {} : { promo }),
});
