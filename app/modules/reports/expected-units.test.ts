import { describe, expect, test } from 'vitest';
import { differenceOf, farFromUsual, unitByRefund } from './expected-units.ts';

describe('differences', () => {
  test.each([
    [1380, 1380, null],
    [1380, 1381, null],
    [1380, 1378, 'less'],
    [1380, 1400, 'more'],
    [1380, 0, 'nothing'],
    // cents paid as whole units and the other way round, with the rounding to a whole minor unit
    [1380, 138_000, 'hundredfold'],
    [1380, 137_960, 'hundredfold'],
    [138_000, 1380, 'hundredth'],
    [1380, 14, 'hundredth'],
    [1380, 13, 'hundredth'],
    // small sums and factors that are something else
    [3, 1, 'less'],
    [80, 1, 'hundredth'],
    [40, 1, 'less'],
    [0, 100, 'more'],
    [1380, 13_800, 'more'],
    [13_800, 1380, 'less'],
    [1000, 90_000, 'more'],
  ] as const)('RG-22 expected %i, paid %i: %s', (expected, paid, kind) => {
    expect(differenceOf(expected, paid)).toBe(kind);
  });
});

const orders = (...revenues: number[]) =>
  revenues.map((revenueCents, i) => ({ leadId: `led_${i}`, externalId: `order_${i}`, revenueCents }));
const many = (revenue: number, n: number) => Array.from({ length: n }, () => revenue);

describe('revenue in the wrong unit', () => {
  test('RG-22 orders at a hundredth of the usual are found, and those at a hundred times', () => {
    const found = farFromUsual(orders(...many(4900, 30), ...many(49, 5), ...many(490_000, 2)));
    expect(found.usual).toBe(4900);
    expect(found.major.map(({ revenueCents }) => revenueCents)).toEqual(many(49, 5));
    expect(found.hundredfold.map(({ revenueCents }) => revenueCents)).toEqual(many(490_000, 2));
  });

  test('RG-22 a range of prices is none, nor are few orders, nor what costs nothing', () => {
    const prices = Array.from({ length: 60 }, (_, i) => Math.round(100 * 1.1 ** i));
    expect(farFromUsual(orders(...prices))).toMatchObject({ major: [], hundredfold: [] });
    expect(farFromUsual(orders(...many(4900, 10), 49))).toMatchObject({ major: [], hundredfold: [] });
    expect(farFromUsual(orders(...many(4900, 30), ...many(0, 10)))).toMatchObject({ major: [] });
    expect(farFromUsual([])).toEqual({ usual: 0, major: [], hundredfold: [] });
  });

  test('RG-22 a refund of 100 times the order says that it was reported in whole units', () => {
    expect(unitByRefund(49, 4900)).toBe('major');
    expect(unitByRefund(49, 4950)).toBe('major');
    expect(unitByRefund(4900, 49)).toBe('hundredfold');
    expect(unitByRefund(4900, 4900)).toBeNull();
    expect(unitByRefund(4900, 2450)).toBeNull();
    expect(unitByRefund(0, 4900)).toBeNull();
  });
});
