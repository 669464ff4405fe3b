import { sourceOf } from './index.ts';
import { describeSource } from './testing/contract.suite.ts';
import { shopifyHeaders } from './testing/samples.ts';

const none = (): Record<string, string> => ({});

describeSource(sourceOf('stripe'), {
  header: 'stripe-signature',
  timed: true,
  headersOf: none,
  events: [
    ['checkout.session.completed', 'conversion'],
    ['checkout.session.async_payment_succeeded', 'conversion'],
    ['invoice.payment_succeeded', 'conversion'],
    ['invoice.payment_succeeded.2024-06-20', 'conversion', 'invoice.payment_succeeded'],
    ['invoice_payment.paid', 'nothing'],
    ['charge.refunded', 'refunded_total'],
    ['charge.refunded.2022-08-01', 'refunded_total', 'charge.refunded'],
    ['refund.created', 'refund'],
    ['refund.updated', 'refund'],
    ['refund.failed', 'reversal'],
    ['charge.dispute.created', 'refund'],
    ['charge.dispute.closed', 'reversal'],
  ].map(([fixture = '', kind = '', type = fixture]) => ({ fixture, kind, type })),
});

describeSource(sourceOf('shopify'), {
  header: 'x-shopify-hmac-sha256',
  timed: false,
  headersOf: (topic) => shopifyHeaders(topic, 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043'),
  events: [
    { fixture: 'orders-paid', type: 'orders/paid', kind: 'conversion' },
    { fixture: 'refunds-create', type: 'refunds/create', kind: 'refund' },
  ],
});

describeSource(sourceOf('paddle'), {
  header: 'paddle-signature',
  timed: true,
  headersOf: none,
  events: [
    ['transaction.completed', 'conversion'],
    ['transaction.payment_failed', 'refund'],
    ['adjustment.created', 'nothing'],
    ['adjustment.updated', 'refund'],
  ].map(([fixture = '', kind = '']) => ({ fixture, kind, type: fixture })),
});
