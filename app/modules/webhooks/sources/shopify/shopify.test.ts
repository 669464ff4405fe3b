import { describe, expect, test } from 'vitest';
import { shopifyMapping } from '../../mapping-schema.ts';
import { parseBody } from '../parse.ts';
import { fixture, fixtureText, shopifyHeaders } from '../testing/samples.ts';
import { shopifySource } from './index.ts';

const order = (change: Record<string, unknown> = {}, mapping: unknown = {}) =>
  shopifySource.interpret(
    'orders/paid',
    fixture('shopify', 'orders-paid', change),
    shopifyMapping.parse(mapping),
  );
const refund = (change: Record<string, unknown> = {}) =>
  shopifySource.interpret(
    'refunds/create',
    fixture('shopify', 'refunds-create', change),
    shopifyMapping.parse({}),
  );
const read = (topic: string, name: string, change: Record<string, unknown> = {}) =>
  shopifySource.interpret(topic, fixture('shopify', name, change), shopifyMapping.parse({}));
const [transaction] = fixture('shopify', 'refunds-create').transactions as Record<string, unknown>[];

describe('orders/paid', () => {
  test('RG-16 is a conversion of the whole order, with its code, coupon, buyer and ids', () => {
    expect(order()).toEqual({
      kind: 'conversion',
      externalId: '5678901234567',
      eventType: 'PURCHASE',
      revenueCents: 18_910,
      currency: 'USD',
      ref: 'rgt_abc123XY',
      record: null,
      coupon: 'SPRING10',
      customer: {
        email: 'jane@example.com',
        id: '7310042366235',
        ip: '203.0.113.24',
        userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
      },
      keys: [
        { kind: 'order', key: '5678901234567' },
        { kind: 'order', key: '#1234' },
        { kind: 'session', key: 'bd5a8aa1ecd019dd3520ff791ee3a24c' },
      ],
      occurredAt: '2026-11-20T13:58:30.000Z',
      onlyFirstOf: null,
    });
  });
  test('told late, after a refund, it is still worth what was paid', () => {
    const late = { financial_status: 'partially_refunded', current_total_price: '100.00' };
    expect(order(late)).toMatchObject({ revenueCents: 18_910 });
  });
  test('the topic is not signed: a body that is not a paid order is none', () => {
    expect(order({ financial_status: 'pending' })).toMatchObject({
      kind: 'nothing',
      words: expect.stringContaining('pending'),
    });
    expect(() =>
      shopifySource.interpret('orders/paid', fixture('shopify', 'refunds-create'), shopifyMapping.parse({})),
    ).toThrow(/financial_status/);
    expect(
      shopifySource.interpret('refunds/create', fixture('shopify', 'orders-paid'), shopifyMapping.parse({}))
        .kind,
    ).toBe('nothing');
  });
  test.each([
    ['name', '#1234'],
    ['checkout_token', 'bd5a8aa1ecd019dd3520ff791ee3a24c'],
  ])('the mapping says that the order id is its %s', (externalId, expected) => {
    expect(order({}, { externalId })).toMatchObject({ externalId: expected });
  });
  test('RG-04 the code comes from the attribute, the landing page, or a record', () => {
    expect(order({ note_attributes: [] })).toMatchObject({ ref: 'rgt_abc123XY' });
    expect(order({ note_attributes: [], landing_site: '/?a=1&rgta_ref=a%2Bb%20c' })).toMatchObject({
      ref: 'a+b c',
    });
    expect(order({ note_attributes: [], landing_site: null })).toMatchObject({ ref: null, record: null });
    const mapping = { ref: [{ recordOf: 'customer', type: 'customer' }] };
    expect(order({}, mapping)).toMatchObject({
      ref: null,
      record: { type: 'customer', id: '7310042366235' },
    });
  });
  test.each([
    ['JPY', '18910', 18_910],
    ['JPY', '18910.00', 18_910],
    ['KWD', '18.910', 18_910],
    ['USD', '0.1', 10],
  ])('%s %s is %i minor units', (currency, total_price, minor) => {
    expect(order({ currency, total_price })).toMatchObject({ revenueCents: minor, currency });
  });
  test('an amount finer than its currency is a fault, not a rounding', () => {
    expect(() => order({ currency: 'JPY', total_price: '189.10' })).toThrow(/amount in JPY/);
    expect(() => order({ total_price: '189.101' })).toThrow(/total_price/);
  });
});

describe('refunds/create', () => {
  test('RG-39 sums the money that went back; its id is exact though larger than JavaScript counts', () => {
    expect(refund()).toMatchObject({
      kind: 'refund',
      refundId: '890088186047892319',
      amountCents: 18_910,
      currency: 'USD',
      keys: [{ kind: 'order', key: '5678901234567' }],
      note: 'Things were damaged',
      ask: null,
    });
    const parts = [
      { ...transaction, amount: '100.00' },
      { ...transaction, amount: '9.10' },
    ];
    expect(refund({ transactions: parts })).toMatchObject({ amountCents: 10_910 });
  });
  test('goods without money, and money that did not move, are nothing', () => {
    for (const change of [
      { transactions: [] },
      { transactions: [{ ...transaction, status: 'failure' }] },
      { transactions: [{ ...transaction, kind: 'void' }] },
    ])
      expect(refund(change).kind).toBe('nothing');
  });
  test('money that is still pending counts, and asks a person: Shopify tells of it only once', () => {
    expect(refund({ transactions: [{ ...transaction, status: 'pending' }] })).toMatchObject({
      amountCents: 18_910,
      ask: expect.stringContaining('pending'),
    });
  });
  test('no money is no refund, whatever transaction says so', () => {
    expect(read('refunds/create', 'refunds-create.no-money').kind).toBe('nothing');
    expect(refund({ transactions: [{ ...transaction, amount: '0.00' }] }).kind).toBe('nothing');
  });
  test('shipping alone, and several ways of giving back, are what the transactions moved', () => {
    expect(read('refunds/create', 'refunds-create.shipping-only')).toMatchObject({ amountCents: 1000 });
    // one attempt failed; its money went back as store credit
    expect(read('refunds/create', 'refunds-create.several-transactions')).toMatchObject({
      amountCents: 16_000,
      currency: 'USD',
    });
  });
  test('RG-39 money in the buyer’s currency is told in the shop’s, which its order is in', () => {
    expect(read('orders/paid', 'orders-paid.multi-currency')).toMatchObject({
      revenueCents: 18_910,
      currency: 'USD',
    });
    expect(read('refunds/create', 'refunds-create.multi-currency')).toMatchObject({
      amountCents: 18_910,
      currency: 'USD',
    });
  });
  test.each([
    // shipping in lines of its own alone (2024-10), in the adjustments alone (before), in neither
    ['its lines', { order_adjustments: [] }, 18_910, 'USD'],
    ['the adjustments', { refund_shipping_lines: undefined }, 18_910, 'USD'],
    [
      'neither: what is missing is not made up',
      { order_adjustments: [], refund_shipping_lines: [] },
      25_907,
      'CAD',
    ],
    [
      'nothing at all',
      { order_adjustments: [], refund_shipping_lines: [], refund_line_items: [] },
      25_907,
      'CAD',
    ],
  ])('shipping stands in %s', (_where, change, amountCents, currency) => {
    expect(read('refunds/create', 'refunds-create.multi-currency', change)).toMatchObject({
      amountCents,
      currency,
    });
  });
  test('two currencies in one refund are a fault: no sum is made up', () => {
    const transactions = [transaction, { ...transaction, currency: 'EUR' }];
    expect(() => refund({ transactions })).toThrow(/transactions\[1\]\.currency/);
  });
});

describe('what an event says of itself', () => {
  const head = (name: string, headers: Record<string, string>, change: Record<string, unknown> = {}) =>
    shopifySource.readHead(fixture('shopify', name, change), { header: (key) => headers[key] ?? null });
  const headers = shopifyHeaders('orders/paid', 'b54557e4');

  test('stands in the headers', () => {
    expect(head('orders-paid', headers)).toEqual({
      eventId: 'b54557e4',
      type: 'orders/paid',
      testMode: false,
      subjectId: '5678901234567',
      occurredAt: '2026-11-20T14:00:03.123Z',
    });
  });
  test('a test is one by its header, its order, or the gateway of its refund', () => {
    expect(head('orders-paid', { ...headers, 'x-shopify-test': 'true' }).testMode).toBe(true);
    expect(head('orders-paid', headers, { test: true }).testMode).toBe(true);
    expect(head('refunds-create', headers, { transactions: [{ ...transaction, test: true }] }).testMode).toBe(
      true,
    );
    expect(head('refunds-create', headers).testMode).toBe(false);
  });
  test.each([['x-shopify-topic'], ['x-shopify-webhook-id']])('without %s it cannot be told', (name) => {
    const { [name]: _gone, 'x-shopify-event-id': _id, ...rest } = headers;
    expect(() => head('orders-paid', rest)).toThrow(/is missing/);
    expect(() => head('orders-paid', { ...headers, [name]: 'x'.repeat(300) })).toThrow(/cannot be kept/);
  });
});

test('a body is read exactly: large ids as their digits, other numbers as numbers', () => {
  expect(parseBody(Buffer.from('{"id":820982911946154508,"n":1.5,"s":42,"big":1e21}'))).toEqual({
    id: '820982911946154508',
    n: 1.5,
    s: 42,
    big: 1e21,
  });
  expect(fixtureText('shopify', 'refunds-create')).toContain('890088186047892319');
  expect(() => parseBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow(/not UTF-8/);
  expect(() => parseBody(Buffer.from('{'))).toThrow(/not JSON/);
});
