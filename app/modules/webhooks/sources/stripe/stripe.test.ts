import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { stripeMapping } from '../../mapping-schema.ts';
import { fixture, fixtureText, requestOf, signers } from '../testing/samples.ts';
import type { FoundConversion } from '../types.ts';
import { stripeSource } from './index.ts';

const NOW = Date.UTC(2026, 10, 20, 14, 5);
const SECRET = 'whsec_1234567890abcdef';
const raw = Buffer.from(fixtureText('stripe', 'refund.created'));

const read = (name: string, change: Record<string, unknown> = {}, mapping: unknown = {}) => {
  const event = fixture('stripe', name, change);
  return stripeSource.interpret(String(event.type), event, stripeMapping.parse(mapping));
};

describe('Stripe-Signature', () => {
  const verify = (header: string, now = NOW) =>
    stripeSource.verify(requestOf(raw, { 'stripe-signature': header }), [SECRET], now);

  test('the library by itself takes a time from the future: our own check is needed', () => {
    const later = Math.floor(NOW / 1000) + 86_400;
    const header = Stripe.webhooks.generateTestHeaderString({
      payload: raw.toString(),
      secret: SECRET,
      timestamp: later,
    });
    expect(Stripe.webhooks.signature?.verifyHeader(raw, header, SECRET, 300, undefined, NOW)).toBe(true);
    expect(verify(header)).toMatchObject({ ok: false, why: expect.stringContaining('future') });
  });
  test('an old signature is not made young by a second time in front of it', () => {
    const old = signers.stripe(raw, SECRET, NOW - 86_400_000)['stripe-signature'] ?? '';
    const forged = `t=${Math.floor(NOW / 1000)},${old}`;
    // the library signs the last time of a header
    expect(Stripe.webhooks.signature?.verifyHeader(raw, forged, SECRET, 0)).toBe(true);
    expect(verify(forged)).toMatchObject({ ok: false });
    expect(verify(`${old},t=${Math.floor(NOW / 1000)}`)).toMatchObject({ ok: false });
  });
  test('several signatures of one delivery (a secret being rolled) are all looked at; other schemes are not', () => {
    const good = signers.stripe(raw, SECRET, NOW)['stripe-signature'] ?? '';
    const [time = '', own = ''] = good.split(',');
    expect(verify(`${time},v1=${'0'.repeat(64)},${own}`)).toEqual({ ok: true });
    expect(verify(`${time}, ${own}, v0=${'1'.repeat(64)}`)).toEqual({ ok: true });
    expect(verify(`${time},v0=${own.slice(3)}`)).toMatchObject({ ok: false });
  });
  test('a body that is no UTF-8 fits the signature of its own bytes', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    const t = Math.floor(NOW / 1000);
    const v1 = createHmac('sha256', SECRET).update(`${t}.`).update(bytes).digest('hex');
    const request = requestOf(bytes, { 'stripe-signature': `t=${t},v1=${v1}` });
    expect(stripeSource.verify(request, [SECRET], NOW)).toEqual({ ok: true });
  });
});

describe('checkout sessions', () => {
  test('RG-15 RG-16 a paid session is a conversion with every id of its payment', () => {
    expect(read('checkout.session.completed')).toEqual({
      kind: 'conversion',
      externalId: 'cs_live_a1b2C3d4E5f6G7h8',
      eventType: 'PURCHASE',
      revenueCents: 4900,
      currency: 'USD',
      ref: 'rgt_abc123XY',
      record: null,
      coupon: 'SPRING10',
      customer: { email: 'jenny.rosen@example.com', id: 'cus_TSgLd8f2kQ1pZr' },
      keys: [
        { kind: 'session', key: 'cs_live_a1b2C3d4E5f6G7h8' },
        { kind: 'payment_intent', key: 'pi_3SVkA1LkdIwHu7ix0Zr5yPqT' },
        { kind: 'order', key: 'order_1001' },
      ],
      occurredAt: '2026-11-20T14:00:00.000Z',
      onlyFirstOf: null,
    });
  });
  test('RG-15 unpaid waits, free and setup are none, an unknown word is a fault', () => {
    expect(read('checkout.session.completed', { 'data.object.payment_status': 'unpaid' })).toMatchObject({
      kind: 'nothing',
      words: expect.stringContaining('async_payment_succeeded'),
    });
    const setup = { 'data.object.payment_status': 'no_payment_required', 'data.object.amount_total': null };
    expect(read('checkout.session.completed', setup).kind).toBe('nothing');
    expect(read('checkout.session.completed', { 'data.object.amount_total': 0 }).kind).toBe('nothing');
    expect(() => read('checkout.session.completed', { 'data.object.payment_status': 'maybe' })).toThrow(
      /payment_status/,
    );
  });
  test.each([
    ['payment_intent', 'pi_3SVkA1LkdIwHu7ix0Zr5yPqT'],
    ['client_reference_id', 'order_1001'],
    [{ metadata: 'promo' }, 'SPRING10'],
  ])('the mapping says that the order id is %j', (externalId, expected) => {
    expect(read('checkout.session.completed', {}, { externalId })).toMatchObject({ externalId: expected });
  });
  test('RG-04 the code is found in the order the mapping says; a record outranks what follows it', () => {
    const bare = { 'data.object.metadata': {} };
    expect(read('checkout.session.completed', bare)).toMatchObject({
      ref: null,
      record: { type: 'order', id: 'order_1001' },
    });
    const recordFirst = {
      ref: [{ recordOf: 'client_reference_id', type: 'user' }, { metadata: 'rgta_ref' }],
    };
    expect(read('checkout.session.completed', {}, recordFirst)).toMatchObject({
      ref: 'rgt_abc123XY',
      record: { type: 'user', id: 'order_1001' },
    });
    expect(read('checkout.session.completed', bare, { ref: ['client_reference_id'] })).toMatchObject({
      ref: 'order_1001',
    });
  });
  test('RG-01 codes stay byte for byte', () => {
    const ref = ' rgt_Ünï ';
    expect(read('checkout.session.completed', { 'data.object.metadata': { rgta_ref: ref } })).toMatchObject({
      ref,
    });
  });
  test.each([
    ['usd', 4900, 4900],
    ['jpy', 4900, 4900],
    ['kwd', 4900, 4900],
    ['isk', 4900, 49],
    ['ugx', 4900, 49],
    ['mga', 4900, 490_000],
  ])('%s %i of Stripe is %i minor units of ISO 4217', (currency, amount, minor) => {
    const change = { 'data.object.currency': currency, 'data.object.amount_total': amount };
    expect(read('checkout.session.completed', change)).toMatchObject({
      revenueCents: minor,
      currency: currency.toUpperCase(),
    });
  });
  test('hundredths of a króna are no amount', () => {
    const change = { 'data.object.currency': 'isk', 'data.object.amount_total': 4950 };
    expect(() => read('checkout.session.completed', change)).toThrow(/hundredths that end in 00/);
  });
});

describe('subscriptions are reported once for their first payment', () => {
  const session = { 'data.object.mode': 'subscription', 'data.object.subscription': 'sub_1' };
  const first = { 'data.object.billing_reason': 'subscription_create' };

  test.each([[{}], [{ renewals: 'every' }], [{ renewals: 'never' }]])('by the checkout: %j', (mapping) => {
    expect(read('checkout.session.completed', session, mapping).kind).toBe('conversion');
    expect(read('invoice.payment_succeeded', first, mapping).kind).toBe('nothing');
  });
  test.each([['first_paid'], ['every'], ['never']])(
    'or by the first invoice, where there is no checkout (renewals: %s)',
    (renewals) => {
      const mapping = { renewals, subscriptionsByCheckout: false };
      expect(read('checkout.session.completed', session, mapping).kind).toBe('nothing');
      expect(read('invoice.payment_succeeded', first, mapping)).toMatchObject({
        kind: 'conversion',
        onlyFirstOf:
          renewals === 'first_paid'
            ? { kind: 'subscription', key: 'sub_1SVkC0LkdIwHu7ixW5xY', said: 'first' }
            : null,
      });
    },
  );
  test('a checkout says that it begins its subscription, where one payment of it is reported', () => {
    expect(read('checkout.session.completed', session)).toMatchObject({
      onlyFirstOf: { kind: 'subscription', key: 'sub_1', said: 'first' },
    });
    for (const renewals of ['every', 'never'])
      expect(read('checkout.session.completed', session, { renewals })).toMatchObject({ onlyFirstOf: null });
  });
  test('later invoices follow the mapping, with the subscription in its old and its new place', () => {
    for (const name of ['invoice.payment_succeeded', 'invoice.payment_succeeded.2024-06-20']) {
      const key = { kind: 'subscription', key: 'sub_1SVkC0LkdIwHu7ixW5xY' };
      expect(read(name)).toMatchObject({
        externalId: 'in_1SVkC3LkdIwHu7ixT4uV',
        eventType: 'SUBSCRIPTION',
        ref: 'rgt_abc123XY',
        onlyFirstOf: { ...key, said: 'later' },
      });
      expect((read(name) as FoundConversion).keys).toContainEqual(key);
      expect(read(name, {}, { renewals: 'every' })).toMatchObject({ kind: 'conversion', onlyFirstOf: null });
      expect(read(name, {}, { renewals: 'never' }).kind).toBe('nothing');
      expect(read(name, { 'data.object.amount_paid': 0 }).kind).toBe('nothing');
    }
  });
  test('RG-40 an invoice that does not count still tells which payment paid it', () => {
    const links = [
      { kind: 'invoice', key: 'in_1SVkC3LkdIwHu7ixT4uV' },
      { kind: 'payment_intent', key: 'pi_3SVkD4LkdIwHu7ix1Nn3Oo' },
    ];
    expect(read('invoice_payment.paid')).toMatchObject({ links });
    expect(read('invoice.payment_succeeded.2024-06-20', {}, { renewals: 'never' })).toMatchObject({
      links: [...links, { kind: 'charge', key: 'ch_3SVkD4LkdIwHu7ix1Kp2Lm' }],
    });
    const payments = { data: [{ payment: { type: 'payment_intent', payment_intent: 'pi_9' } }] };
    expect(
      (read('invoice.payment_succeeded', { 'data.object.payments': payments }) as FoundConversion).keys,
    ).toEqual(expect.arrayContaining([{ kind: 'payment_intent', key: 'pi_9' }]));
  });
});

describe('refunds and chargebacks', () => {
  const keys = [
    { kind: 'charge', key: 'ch_3SVkA1LkdIwHu7ix0Bc4De' },
    { kind: 'payment_intent', key: 'pi_3SVkA1LkdIwHu7ix0Zr5yPqT' },
  ];
  test('RG-39 a refund has its own id; a charge tells its sum, and in older versions the refunds too', () => {
    expect(read('refund.created')).toMatchObject({
      refundId: 're_3SVkA1LkdIwHu7ix0Fg6Hi',
      amountCents: 4900,
      currency: 'USD',
      full: null,
      keys,
      note: 'Stripe names the reason requested_by_customer',
    });
    expect(read('charge.refunded')).toMatchObject({ totalCents: 4900, full: true, named: [], keys });
    expect(read('charge.refunded.2022-08-01')).toMatchObject({
      totalCents: 4900,
      named: [{ refundId: 're_3SVkA1LkdIwHu7ix0Fg6Hi', amountCents: 4900 }],
    });
  });
  test.each([['failed'], ['canceled']])('a refund that is %s is reversed, and told whole', (status) => {
    for (const name of ['refund.failed', 'refund.updated', 'refund.created'])
      expect(read(name, { 'data.object.status': status })).toMatchObject({
        kind: 'reversal',
        reversal: 'failed',
        refundId: 're_3SVkA1LkdIwHu7ix0Fg6Hi',
        refund: { amountCents: 4900, keys },
      });
  });
  test.each([['pending'], ['requires_action'], ['succeeded']])('a refund that is %s counts', (status) => {
    expect(read('refund.updated', { 'data.object.status': status }).kind).toBe('refund');
  });
  test('a chargeback counts at once, an inquiry asks a person', () => {
    expect(read('charge.dispute.created')).toMatchObject({
      refundKind: 'chargeback',
      ask: null,
      amountCents: 4900,
    });
    expect(read('charge.dispute.created', { 'data.object.status': 'warning_needs_response' })).toMatchObject({
      ask: expect.stringContaining('inquiry'),
    });
  });
  test.each([
    ['won', 'reversal'],
    ['warning_closed', 'reversal'],
    ['lost', 'nothing'],
    ['prevented', 'nothing'],
  ])('a chargeback that ends %s: %s', (status, kind) => {
    expect(read('charge.dispute.closed', { 'data.object.status': status }).kind).toBe(kind);
  });
  test('words that the documentation does not name are faults, not guesses', () => {
    expect(() => read('refund.updated', { 'data.object.status': 'odd' })).toThrow(/status/);
    expect(() => read('charge.dispute.closed', { 'data.object.status': 'under_review' })).toThrow(/no end/);
    expect(() => read('refund.created', { 'data.object.amount': -1 })).toThrow(/not negative/);
  });
});

test('a thin event, which holds nothing of the payment, is a fault that says what to change', () => {
  const event = fixture('stripe', 'v1.charge.refunded');
  expect(stripeSource.readHead(event, { header: () => null })).toMatchObject({
    type: 'v1.charge.refunded',
    subjectId: 'ch_3SVkA1LkdIwHu7ix0Bc4De',
    occurredAt: '2026-11-20T15:00:00.246Z',
    testMode: false,
  });
  expect(() => read('v1.charge.refunded')).toThrow(/thin event.*Snapshot/);
  // of others nothing is wanted, thin or not
  expect(read('v1.charge.refunded', { type: 'v1.customer.updated' }).kind).toBe('nothing');
});

test('livemode false is a test; an event that does not say so is live', () => {
  const head = (livemode: unknown) =>
    stripeSource.readHead(fixture('stripe', 'refund.created', { livemode }), { header: () => null });
  expect(head(false).testMode).toBe(true);
  expect(head(undefined).testMode).toBe(false);
});
