import type { Ids } from './ids.ts';
import type { BillingEvent, Dispute, Payment, Refund } from './types.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Wraps data as Paddle's notifications do. */
export function paddleEvent(ids: Ids, type: string, data: unknown, at: { now: number }): BillingEvent {
  const eventId = ids.paddle('evt');
  const body = {
    event_id: eventId,
    event_type: type,
    occurred_at: iso(at.now),
    notification_id: ids.paddle('ntf'),
    data,
  };
  return {
    source: 'paddle',
    eventId,
    type,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'user-agent': 'Paddle' },
  };
}

/** A transaction. Amounts are texts in the currency's lowest denomination. */
export function transactionOf(payment: Payment): unknown {
  const { ids, ref, promo, currency } = payment;
  const total = String(payment.amountCents);
  return {
    id: ids.transaction,
    status: payment.status === 'paid' ? 'completed' : 'past_due',
    origin: payment.origin === 'renewal' ? 'subscription_recurring' : 'web',
    customer_id: payment.customer,
    currency_code: currency,
    invoice_id: ids.invoice,
    subscription_id: ids.subscription ?? null,
    collection_mode: 'automatic',
    address_id: null,
    billing_details: null,
    billing_period: null,
    business_id: null,
    checkout: { url: null },
    discount_id: null,
    invoice_number: null,
    items: [],
    receipt_data: null,
    revised_at: null,
    custom_data: {
      order_id: payment.orderId,
      ...payment.metadata,
      ...(ref === null ? {} : { rgta_ref: ref }),
      ...(promo === null ? {} : { promo }),
    },
    billed_at: payment.status === 'paid' ? iso(payment.createdAt) : null,
    created_at: iso(payment.createdAt),
    updated_at: iso(payment.createdAt),
    details: {
      totals: {
        subtotal: total,
        discount: '0',
        tax: '0',
        total,
        credit: '0',
        balance: '0',
        grand_total: total,
        currency_code: currency,
      },
      line_items: [],
    },
    payments: [],
  };
}

const STATUS = {
  pending: 'pending_approval',
  succeeded: 'approved',
  failed: 'rejected',
  canceled: 'rejected',
} as const;

/** A refund as an adjustment. */
export function refundAdjustment(payment: Payment, refund: Refund): unknown {
  return adjustment(payment, {
    id: refund.id,
    action: 'refund',
    status: STATUS[refund.status],
    amountCents: refund.amountCents,
    reason: refund.reason ?? 'other',
    createdAt: refund.createdAt,
  });
}

/** A chargeback as an adjustment; `reverse`: the one that takes it back, with an id of its own. */
export function disputeAdjustment(
  payment: Payment,
  dispute: Dispute,
  reverse?: { id: string; now: number },
): unknown {
  const warning = dispute.status.startsWith('warning_');
  return adjustment(payment, {
    id: reverse?.id ?? dispute.id,
    action: reverse ? 'chargeback_reverse' : warning ? 'chargeback_warning' : 'chargeback',
    status: 'approved',
    amountCents: dispute.amountCents,
    reason: dispute.reason,
    createdAt: reverse?.now ?? dispute.createdAt,
  });
}

function adjustment(
  payment: Payment,
  of: { id: string; action: string; status: string; amountCents: number; reason: string; createdAt: number },
): unknown {
  const total = String(of.amountCents);
  return {
    id: of.id,
    action: of.action,
    type: of.amountCents === payment.amountCents ? 'full' : 'partial',
    transaction_id: payment.ids.transaction,
    subscription_id: payment.ids.subscription ?? null,
    customer_id: payment.customer,
    reason: of.reason,
    status: of.status,
    credit_applied_to_balance: null,
    currency_code: payment.currency,
    items: [],
    tax_rates_used: [],
    totals: { subtotal: total, tax: '0', total, fee: '0', earnings: total, currency_code: payment.currency },
    payout_totals: null,
    created_at: iso(of.createdAt),
    updated_at: iso(of.createdAt),
  };
}
