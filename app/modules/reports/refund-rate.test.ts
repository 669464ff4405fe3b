import { describe, expect, test } from 'vitest';
import { type Counted, inOrder, rateAll, wilson } from './refund-rate.ts';

const counted = (affiliateId: string | null, leads: number, refunded: number): Counted => ({
  affiliateId,
  leads,
  refunded,
  chargebacks: 0,
  frauds: 0,
  money: [],
});
const flagged = (...all: Counted[]) =>
  rateAll(all).flatMap((row) => (row.outlier ? [row.affiliateId ?? 'null'] : []));

describe('Wilson interval', () => {
  test('has the values of the literature (95 %)', () => {
    // 10 of 100 and 0 of 10, Wilson without continuity correction
    expect(wilson(10, 100, 1.96).lower).toBeCloseTo(0.0552, 4);
    expect(wilson(10, 100, 1.96).upper).toBeCloseTo(0.1744, 4);
    expect(wilson(0, 10, 1.96)).toEqual({ lower: 0, upper: expect.closeTo(0.2775, 4) });
    expect(wilson(10, 10, 1.96)).toEqual({ lower: expect.closeTo(0.7225, 4), upper: 1 });
  });

  test('nothing seen says nothing, and more leads narrow it around the rate', () => {
    expect(wilson(0, 0)).toEqual({ lower: 0, upper: 1 });
    const width = (n: number) => wilson(n / 10, n).upper - wilson(n / 10, n).lower;
    expect(width(100)).toBeGreaterThan(width(1_000));
    for (const n of [30, 500, 10_000]) {
      expect(wilson(n / 10, n).lower).toBeLessThan(0.1);
      expect(wilson(n / 10, n).upper).toBeGreaterThan(0.1);
    }
  });
});

describe('outliers', () => {
  test('one far above the others is flagged, and they are not', () => {
    expect(flagged(counted('bad', 200, 40), counted('a', 1_000, 50), counted('b', 800, 45))).toEqual(['bad']);
  });

  test('few leads or few refunds are never flagged, however high the rate', () => {
    expect(flagged(counted('tiny', 29, 29), counted('a', 1_000, 10))).toEqual([]);
    expect(flagged(counted('two', 400, 2), counted('a', 100_000, 1))).toEqual([]);
    expect(flagged(counted('tiny', 30, 29), counted('a', 1_000, 10))).toEqual(['tiny']);
  });

  test('a rate above the others that chance explains is not flagged', () => {
    expect(flagged(counted('luck', 40, 4), counted('a', 1_000, 50))).toEqual([]);
  });

  test('a large one is compared with the others alone, not with a mean that it makes itself', () => {
    const rows = rateAll([counted('big', 9_000, 1_800), counted('a', 500, 20), counted('b', 500, 20)]);
    expect(rows[0]).toMatchObject({ affiliateId: 'big', rate: 0.2, others: 0.04, outlier: true });
  });

  test('without others to compare with, or without an affiliate to talk to, nobody is one', () => {
    expect(flagged(counted('only', 1_000, 500))).toEqual([]);
    expect(flagged(counted('one', 1_000, 500), counted('few', 29, 0))).toEqual([]);
    expect(flagged(counted(null, 1_000, 500), counted('a', 1_000, 10))).toEqual([]);
    expect(rateAll([counted('only', 10, 1)])[0]?.others).toBeNull();
  });
});

test('outliers come first, then what is asked for', () => {
  const rows = rateAll([counted('small', 10, 9), counted('bad', 200, 80), counted('a', 1_000, 50)]);
  const order = (sort: 'rate' | 'leads' | 'refunded') =>
    inOrder(rows, sort).map(({ affiliateId }) => affiliateId);
  expect(order('rate')).toEqual(['bad', 'small', 'a']);
  expect(order('leads')).toEqual(['bad', 'a', 'small']);
  expect(order('refunded')).toEqual(['bad', 'a', 'small']);
});
