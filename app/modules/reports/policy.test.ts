import { expect, test } from 'vitest';
import { addUp, quietness } from './policy.ts';

const HOUR = 3_600_000;

test('silence is an alarm only after an hour, and only where there usually is traffic', () => {
  expect(quietness(HOUR - 1, [90, 90, 90])).toBeNull();
  expect(quietness(2 * HOUR, [0, 0, 1, 0, 2, 0, 0])).toBeNull();
  expect(quietness(2 * HOUR, [12, 9, 14, 8, 0, 11, 10])).toBe(10);
  expect(quietness(2 * HOUR, [])).toBeNull();
});

test('one busy day does not make an hour usual', () => {
  expect(quietness(2 * HOUR, [400, 0, 0, 1, 0, 0, 2])).toBeNull();
});

test('money is added within a currency and never across', () => {
  expect(
    addUp([
      { currency: 'EUR', minor: 5, count: 1 },
      { currency: 'USD', minor: 1, count: 1 },
      { currency: 'USD', minor: 2, count: 3 },
    ]),
  ).toEqual([
    { currency: 'USD', minor: 3, count: 4 },
    { currency: 'EUR', minor: 5, count: 1 },
  ]);
});
