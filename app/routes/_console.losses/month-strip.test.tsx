import { expect, test } from 'vitest';
import { barsOf, monthName } from './month-strip.tsx';

test('RG-38 bars begin with the first month that lost something, and share one currency', () => {
  const months = [
    { key: '2026-08', count: 0, sums: [] },
    { key: '2026-09', count: 1, sums: [{ currency: 'USD', minor: 500 }] },
    { key: '2026-10', count: 0, sums: [] },
    {
      key: '2026-11',
      count: 3,
      sums: [
        { currency: 'USD', minor: 1000 },
        { currency: 'EUR', minor: 900 },
      ],
    },
  ];
  expect(barsOf(months).map(({ key, share }) => [key, share])).toEqual([
    ['2026-09', 0.5],
    ['2026-10', 0],
    ['2026-11', 1],
  ]);
  expect(barsOf(months.slice(0, 1))).toEqual([]);
  expect(monthName('2026-11')).toBe('Nov 2026');
});
