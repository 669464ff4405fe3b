import { expect, test } from 'vitest';
import { guessMapping } from './guess-mapping.ts';
import type { FileRow, Source } from './schema.ts';

const DEFAULTS = { zone: 'Europe/Berlin', accountId: null };
const guess = (header: string[], rows: string[][], source: Source = 'billing') =>
  guessMapping(
    header,
    rows.map((cells, i): FileRow => [i + 2, cells]),
    source,
    DEFAULTS,
  );

test("Stripe's export of payments: ids say what they are, times are UTC as their name says", () => {
  const header = [
    'id',
    'Created date (UTC)',
    'Amount',
    'Amount Refunded',
    'Currency',
    'Status',
    'Customer Email',
  ];
  expect(
    guess(header, [['pi_3Q1', '2026-05-12 14:22', '49.00', '0.00', 'usd', 'Paid', 'a@example.com']]),
  ).toMatchObject({
    id: 0,
    idKind: 'payment',
    time: 1,
    amount: 2,
    refunded: 3,
    currency: 4,
    status: 5,
    unit: 'major',
    decimal: '.',
    timeFormat: 'iso',
    zone: 'UTC',
  });
});

test("Shopify's export of orders: the order's name, its total and its financial status", () => {
  const header = [
    'Name',
    'Email',
    'Financial Status',
    'Paid at',
    'Currency',
    'Subtotal',
    'Shipping',
    'Taxes',
    'Total',
    'Refunded Amount',
  ];
  const row = [
    '#1001',
    'a@example.com',
    'paid',
    '2026-05-12 14:22:09 +0200',
    'USD',
    '45.00',
    '4.00',
    '0.00',
    '49.00',
    '0.00',
  ];
  expect(guess(header, [row])).toMatchObject({
    id: 0,
    idKind: 'order',
    status: 2,
    time: 3,
    currency: 4,
    amount: 8,
    refunded: 9,
  });
});

test('a German book: semicolons, commas and days first', () => {
  const header = ['Bestellnummer', 'Datum', 'Betrag', 'Währung'];
  const rows = [
    ['B-1', '12.05.2026', '1.234,50', 'EUR'],
    ['B-2', '31.05.2026', '4,90', 'EUR'],
  ];
  expect(guess(header, rows)).toMatchObject({
    id: 0,
    time: 1,
    timeFormat: 'dmy',
    amount: 2,
    decimal: ',',
    currency: 3,
    zone: 'Europe/Berlin',
  });
});

test('minor units by the name of the column, never by whole numbers alone', () => {
  expect(guess(['order_id', 'revenue_cents'], [['o', '4900']])).toMatchObject({ amount: 1, unit: 'minor' });
  expect(guess(['order_id', 'amount'], [['o', '4900']])).toMatchObject({ amount: 1, unit: 'major' });
});

test("a network's export: the lead's id and the payout", () => {
  const header = ['lead_id', 'status', 'payout', 'currency', 'created_at'];
  const row = ['led_9', 'VERIFIED', '5.00', 'USD', '2026-05-12T14:22:09Z'];
  expect(guess(header, [row], 'network')).toMatchObject({
    id: 0,
    idKind: 'lead',
    status: 1,
    amount: 2,
    amountIs: 'payout',
    time: 4,
  });
});

test('what cannot be told stays open', () => {
  expect(guess(['x', 'y'], [['1', '2']])).toMatchObject({
    id: 0,
    amount: null,
    time: null,
    status: null,
    currency: null,
  });
});
