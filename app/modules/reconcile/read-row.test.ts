import { describe, expect, test } from 'vitest';
import { readAmount } from './read-amount.ts';
import { readRow } from './read-row.ts';
import { readTime } from './read-time.ts';
import type { Mapping } from './schema.ts';
import { senseOf } from './status-words.ts';

const POINT = { unit: 'major', decimal: '.' } as const;
const COMMA = { unit: 'major', decimal: ',' } as const;

describe('amounts', () => {
  test.each<[string, typeof POINT | typeof COMMA, string, number]>([
    ['49', POINT, 'USD', 4_900],
    ['49.5', POINT, 'USD', 4_950],
    ['1,234,567.89', POINT, 'USD', 123_456_789],
    ['$1,234.50', POINT, 'USD', 123_450],
    ['$.50', POINT, 'USD', 50],
    ['-$5.00', POINT, 'USD', -500],
    ['$-5.00', POINT, 'USD', -500],
    ['(12.00)', POINT, 'USD', -1_200],
    ['12.00-', POINT, 'USD', -1_200],
    ['\u22121.00', POINT, 'USD', -100],
    ['Rs. 1,00', COMMA, 'INR', 100],
    ['1.234,50 \u20ac', COMMA, 'EUR', 123_450],
    ["1'234.50 CHF", POINT, 'CHF', 123_450],
    ['1\u00a0234,5 kr', COMMA, 'SEK', 123_450],
    ['1200', POINT, 'JPY', 1_200],
    ['1.500', POINT, 'KWD', 1_500],
    ['12.5000', POINT, 'USD', 1_250],
    ['1,234.500', POINT, 'USD', 123_450],
    ['0.500', POINT, 'USD', 50],
    ['12,34,567.50', POINT, 'INR', 123_456_750],
    ['1.2340', POINT, 'KWD', 1_234],
    ['0.00', POINT, 'USD', 0],
    ['-0', POINT, 'USD', 0],
  ])('%s reads as minor units', (text, rules, currency, minor) => {
    expect(Object.is(readAmount(text, rules, currency), minor)).toBe(true);
  });
  test('minor units are whole', () => {
    expect(readAmount('4900', { ...POINT, unit: 'minor' }, 'USD')).toBe(4_900);
    expect(readAmount('-4,900.00', { ...POINT, unit: 'minor' }, 'USD')).toBe(-4_900);
    expect(readAmount('49.50', { ...POINT, unit: 'minor' }, 'USD')).toMatchObject({
      why: expect.stringContaining('no whole number'),
    });
  });
  test.each([
    ['12,50', POINT, 'USD', 'check that choice'],
    ['1.5', COMMA, 'EUR', 'check that choice'],
    // a thousand, or one with zeros? Nobody can tell, and one of them is 1,000 times wrong
    ['1.000', POINT, 'JPY', 'could be 1,000 or 1'],
    ['12.500', POINT, 'USD', 'could be 12,500 or 12.5'],
    ['1.000', { unit: 'minor', decimal: '.' }, 'USD', 'could be 1,000 or 1'],
    ['1,000', COMMA, 'EUR', 'could be 1,000 or 1'],
    ['10.005', POINT, 'USD', 'has 2 decimals'],
    ['0.5', POINT, 'JPY', 'has 0 decimals'],
    ['free', POINT, 'USD', 'is no number'],
    ['1e3', POINT, 'USD', 'is no number'],
    ['--5', POINT, 'USD', 'is no number'],
    ['99999999999999999999', POINT, 'USD', 'does not fit'],
  ] as const)('%s is refused, not rounded', (text, rules, currency, why) => {
    expect(readAmount(text, rules, currency)).toMatchObject({ why: expect.stringContaining(why) });
  });
});

describe('times', () => {
  const at = (text: string, format: 'iso' | 'dmy' | 'mdy' | 'unix', zone = 'UTC') => {
    const time = readTime(text, format, zone);
    return time && [new Date(time.at).toISOString(), time.lastsMs];
  };
  test.each([
    ['2026-05-12T14:22:09Z', 'iso', '2026-05-12T14:22:09.000Z', 1_000],
    ['2026-05-12T14:22:09.123+02:00', 'iso', '2026-05-12T12:22:09.123Z', 1_000],
    ['2026-05-12 14:22:09 +0200', 'iso', '2026-05-12T12:22:09.000Z', 1_000],
    // as PostgreSQL writes it
    ['2026-05-12 14:22:09.5+00', 'iso', '2026-05-12T14:22:09.500Z', 1_000],
    ['2026-05-12 14:22:09-05', 'iso', '2026-05-12T19:22:09.000Z', 1_000],
    ['2026-05-12 14:22', 'iso', '2026-05-12T14:22:00.000Z', 60_000],
    ['2026-05-12', 'iso', '2026-05-12T00:00:00.000Z', 86_400_000],
    ['12.05.2026 14:22', 'dmy', '2026-05-12T14:22:00.000Z', 60_000],
    ['5/12/26 2:22 PM', 'mdy', '2026-05-12T14:22:00.000Z', 60_000],
    ['5/12/2026 12:05 AM', 'mdy', '2026-05-12T00:05:00.000Z', 60_000],
    ['1778595729', 'unix', '2026-05-12T14:22:09.000Z', 1_000],
    ['1778595729123', 'unix', '2026-05-12T14:22:09.123Z', 1],
  ] as const)('%s as %s', (text, format, iso, lasts) => {
    expect(at(text, format)).toEqual([iso, lasts]);
  });
  test('a wall clock is read in the zone chosen, also where clocks change', () => {
    expect(at('2026-01-05 12:00', 'iso', 'Europe/Berlin')).toEqual(['2026-01-05T11:00:00.000Z', 60_000]);
    expect(at('2026-07-05 12:00', 'iso', 'Europe/Berlin')).toEqual(['2026-07-05T10:00:00.000Z', 60_000]);
    expect(at('2026-03-29', 'iso', 'Europe/Berlin')).toEqual(['2026-03-28T23:00:00.000Z', 23 * 3_600_000]);
    expect(at('2026-10-25', 'iso', 'Europe/Berlin')).toEqual(['2026-10-24T22:00:00.000Z', 25 * 3_600_000]);
  });
  test.each([
    ['31.02.2026', 'dmy'],
    ['13/13/2026', 'mdy'],
    ['2026-05-12 25:00', 'iso'],
    ['2026-05-12 13:00 PM', 'iso'],
    ['yesterday', 'iso'],
    ['12', 'unix'],
  ] as const)('%s is no time', (text, format) => {
    expect(at(text, format)).toBeNull();
  });
});

test('status words mean something else at a network', () => {
  expect(
    ['Paid', 'partially_refunded', 'voided', 'chargeback', 'weird'].map((word) => senseOf(word, 'billing')),
  ).toEqual(['paid', 'refunded', 'unpaid', 'refunded', null]);
  expect(['pending', 'rejected', 'constructor'].map((word) => senseOf(word, 'network'))).toEqual([
    'paid',
    'refunded',
    null,
  ]);
});

describe('a row under a mapping', () => {
  const mapping: Mapping = {
    id: 0,
    idKind: 'order',
    otherId: null,
    accountId: null,
    amount: 1,
    amountIs: 'revenue',
    unit: 'major',
    decimal: '.',
    currency: 2,
    currencyForAll: null,
    refunded: 4,
    time: 5,
    timeFormat: 'iso',
    zone: 'UTC',
    status: 3,
    statusWords: [['odd', 'refunded']],
  };
  const read = (...cells: string[]) => readRow([7, cells], mapping, 'billing', 6);
  test('what it tells', () => {
    expect(read(' o_1 ', '49.00', 'usd', 'Paid', '9.00', '2026-05-12')).toMatchObject({
      line: 7,
      key: 'o_1',
      amount: 4_900,
      currency: 'USD',
      refunded: 900,
      status: 'paid',
      refundLine: false,
      unreadable: null,
    });
  });
  test('a negative amount tells of money given back', () => {
    expect(read('o_1', '-49.00', 'USD', 'paid', '', '')).toMatchObject({
      refundLine: true,
      status: 'refunded',
      amount: null,
      refunded: 4_900,
    });
  });
  test('a word that the mapping explains goes before its own sense', () => {
    expect(read('o', '1', 'USD', 'ODD', '', '').status).toBe('refunded');
  });
  test.each([
    [['', '1', 'USD', 'paid'], 'It has no id.'],
    [['o', '1,5', 'USD', 'paid'], 'is no number'],
    [['o', '1', 'BTC', 'paid'], '"BTC" is no currency'],
    [['o', '1', '', 'paid'], 'names no currency'],
    [['o', '1', 'USD', 'huh'], 'What its status "huh" means'],
    [['o', '1', 'USD', 'paid', '', 'noon'], 'is no time'],
    [['o', '1', 'USD', 'paid', '', '', 'more'], 'It has 7 cells where the first line names 6'],
  ])('%j cannot be read, and says why', (cells, why) => {
    expect(read(...cells).unreadable).toContain(why);
  });
});
