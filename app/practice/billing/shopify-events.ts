import { decimalOf } from './decimal.ts';
import type { Ids } from './ids.ts';
import { moneySet, ORDER_REST, orderSums, TRANSACTION_REST } from './shopify-rest.ts';
import type { BillingEvent, Payment, Refund } from './types.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Sends an object as Shopify does: the body is the object itself, the headers say what it is. */
export function shopifyEvent(
  ids: Ids,
  topic: string,
  object: unknown,
  at: { now: number; livemode: boolean },
): BillingEvent {
  const eventId = ids.delivery();
  return {
    source: 'shopify',
    eventId,
    type: topic,
    body: JSON.stringify(object),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Shopify-Captain-Hook',
      'x-shopify-api-version': '2026-10',
      'x-shopify-event-id': ids.delivery(),
      'x-shopify-shop-domain': 'fernhill-supply.myshopify.com',
      'x-shopify-test': at.livemode ? 'false' : 'true',
      'x-shopify-topic': topic,
      'x-shopify-triggered-at': iso(at.now),
      'x-shopify-webhook-id': eventId,
    },
  };
}

/** A paid order. Amounts are decimal texts in the shop's currency. */
export function orderOf(payment: Payment): unknown {
  const { ids, currency, ref, promo } = payment;
  const total = decimalOf(payment.amountCents, currency);
  return {
    ...ORDER_REST,
    ...orderSums(total, decimalOf(0, currency), currency),
    id: Number(ids.order),
    admin_graphql_api_id: `gid://shopify/Order/${ids.order}`,
    browser_ip: null,
    checkout_token: ids.checkout_token,
    client_details: { browser_ip: null, user_agent: null },
    created_at: iso(payment.createdAt),
    currency,
    current_total_price: total,
    customer: { id: 7_000_000_000_000 + (payment.createdAt % 1_000_000), email: payment.email },
    discount_codes: promo === null ? [] : [{ code: promo, amount: '0.00', type: 'percentage' }],
    email: payment.email,
    financial_status: 'paid',
    landing_site: ref === null ? '/' : `/?rgta_ref=${encodeURIComponent(ref)}`,
    name: payment.orderId,
    note_attributes: [
      ...(ref === null ? [] : [{ name: 'rgta_ref', value: ref }]),
      ...Object.entries(payment.metadata).map(([name, value]) => ({ name, value })),
    ],
    presentment_currency: currency,
    processed_at: iso(payment.createdAt),
    test: !payment.livemode,
    total_price: total,
    total_price_set: moneySet(total, currency),
    updated_at: iso(payment.createdAt),
  };
}

/** A refund with the transaction that moved the money. */
export function refundOf(payment: Payment, refund: Refund): unknown {
  const amount = decimalOf(refund.amountCents, payment.currency);
  return {
    id: Number(refund.id),
    admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
    created_at: iso(refund.createdAt),
    note: refund.reason,
    order_id: Number(payment.ids.order),
    processed_at: iso(refund.createdAt),
    restock: true,
    return: null,
    user_id: null,
    duties: [],
    order_adjustments: [],
    refund_line_items: [],
    refund_shipping_lines: [],
    total_duties_set: moneySet(decimalOf(0, payment.currency), payment.currency),
    transactions: [
      {
        ...TRANSACTION_REST,
        id: Number(refund.id) + 1,
        admin_graphql_api_id: `gid://shopify/OrderTransaction/${Number(refund.id) + 1}`,
        amount,
        created_at: iso(refund.createdAt),
        currency: payment.currency,
        gateway: 'shopify_payments',
        kind: 'refund',
        order_id: Number(payment.ids.order),
        processed_at: iso(refund.createdAt),
        status: refund.status === 'succeeded' ? 'success' : 'pending',
        test: !payment.livemode,
      },
    ],
  };
}
