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
    ['checkout.session.completed.2020-08-27', 'conversion', 'checkout.session.completed'],
    ['checkout.session.completed.subscription', 'conversion', 'checkout.session.completed'],
    ['checkout.session.completed.trial', 'nothing', 'checkout.session.completed'],
    ['checkout.session.completed.unpaid', 'nothing', 'checkout.session.completed'],
    ['checkout.session.async_payment_succeeded', 'conversion'],
    ['invoice.payment_succeeded', 'conversion'],
    ['invoice.payment_succeeded.2024-06-20', 'conversion', 'invoice.payment_succeeded'],
    ['invoice.payment_succeeded.first', 'nothing', 'invoice.payment_succeeded'],
    ['invoice_payment.paid', 'nothing'],
    ['charge.refunded', 'refunded_total'],
    ['charge.refunded.2022-08-01', 'refunded_total', 'charge.refunded'],
    ['refund.created', 'refund'],
    ['refund.created.bank_transfer', 'refund', 'refund.created'],
    ['refund.created.pending', 'refund', 'refund.created'],
    ['charge.refund.updated.2022-11-15', 'refund', 'charge.refund.updated'],
    ['refund.updated', 'refund'],
    ['refund.failed', 'reversal'],
    ['charge.dispute.created', 'refund'],
    ['charge.dispute.created.2019-05-16', 'refund', 'charge.dispute.created'],
    ['charge.dispute.created.inquiry', 'refund', 'charge.dispute.created'],
    ['charge.dispute.closed', 'reversal'],
  ].map(([fixture = '', kind = '', type = fixture]) => ({ fixture, kind, type })),
});

describeSource(sourceOf('shopify'), {
  header: 'x-shopify-hmac-sha256',
  timed: false,
  headersOf: (topic) => shopifyHeaders(topic, 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043'),
  events: [
    ['orders-paid', 'conversion'],
    ['orders-paid.multi-currency', 'conversion'],
    ['refunds-create', 'refund'],
    ['refunds-create.2024-07.pending', 'refund'],
    ['refunds-create.multi-currency', 'refund'],
    ['refunds-create.no-money', 'nothing'],
    ['refunds-create.several-transactions', 'refund'],
    ['refunds-create.shipping-only', 'refund'],
  ].map(([fixture = '', kind = '']) => ({
    fixture,
    kind,
    type: fixture.startsWith('orders') ? 'orders/paid' : 'refunds/create',
  })),
});

describeSource(sourceOf('paddle'), {
  header: 'paddle-signature',
  timed: true,
  headersOf: none,
  events: [
    ['transaction.completed', 'conversion'],
    ['transaction.completed.one-off', 'conversion'],
    ['transaction.completed.renewal', 'conversion'],
    ['transaction.payment_failed', 'refund'],
    ['adjustment.created', 'nothing'],
    ['adjustment.created.chargeback', 'refund'],
    ['adjustment.created.chargeback-reverse', 'reversal'],
    ['adjustment.created.chargeback-warning', 'refund'],
    ['adjustment.created.credit', 'nothing'],
    ['adjustment.created.partial', 'nothing'],
    ['adjustment.created.tax-only', 'refund'],
    ['adjustment.updated', 'refund'],
    ['adjustment.updated.chargeback-reversed', 'reversal'],
    ['adjustment.updated.partial-approved', 'refund'],
    ['adjustment.updated.rejected', 'reversal'],
  ].map(([fixture = '', kind = '']) => ({
    fixture,
    kind,
    type: fixture.split('.').slice(0, 2).join('.'),
  })),
});
