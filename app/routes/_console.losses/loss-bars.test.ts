import { expect, test } from 'vitest';
import { campaignBars, monthBars, monthName } from './loss-bars.ts';

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
  expect(monthBars(months).map(({ key, share }) => [key, share])).toEqual([
    ['2026-09', 0.5],
    ['2026-10', 0],
    ['2026-11', 1],
  ]);
  expect(monthBars(months.slice(0, 1))).toEqual([]);
  expect(monthName('2026-11')).toBe('Nov 2026');
});

test('RG-38 campaigns by name, else by id; one that is not known says so', () => {
  const sums = [{ currency: 'USD', minor: 500 }];
  expect(
    campaignBars([
      { campaign: 'cmp_a', name: 'Spring', count: 2, sums: [{ currency: 'USD', minor: 1000 }] },
      { campaign: 'cmp_b', name: null, count: 1, sums },
      { campaign: null, name: null, count: 1, sums: [] },
    ]).map(({ key, label, share }) => [key, label, share]),
  ).toEqual([
    ['cmp_a', 'Spring', 1],
    ['cmp_b', 'cmp_b', 0.5],
    ['', 'Unknown campaign', 0],
  ]);
});
