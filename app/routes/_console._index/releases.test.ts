import { expect, test } from 'vitest';
import { calendarBars, sumReleases } from './releases.ts';
import { moneyWords, percent } from './words.tsx';

const days = [
  { from: '2026-05-11T22:00:00.000Z', sums: [{ currency: 'USD', minor: 1500, count: 2 }], unknown: 1 },
  {
    from: '2026-05-12T22:00:00.000Z',
    sums: [
      { currency: 'JPY', minor: 900, count: 1 },
      { currency: 'USD', minor: 100, count: 1 },
    ],
    unknown: 0,
  },
];

test('sums are by currency; leads of unknown payout are counted', () => {
  expect(sumReleases(days)).toEqual({
    sums: [
      { currency: 'USD', minor: 1600, count: 3 },
      { currency: 'JPY', minor: 900, count: 1 },
    ],
    leads: 5,
  });
});

test('bars are in major units of their own currency, and say the exact sum', () => {
  const { bars, series } = calendarBars(days, 'Europe/Berlin', 1);
  expect(series.map(({ label }) => label)).toEqual(['USD', 'JPY']);
  expect(bars[0]).toMatchObject({ label: 'Today', values: [15, 0], faded: false, strong: true });
  expect(bars[1]).toMatchObject({
    label: 'Wed 13 May',
    values: [1, 900],
    texts: ['$1.00', '¥900'],
    faded: true,
  });
});

test('a share never says 100 % while one is missing', () => {
  expect(percent(1999, 2000)).toBe('99.9 %');
  expect(percent(2000, 2000)).toBe('100 %');
  expect(percent(0, 3)).toBe('0.0 %');
  expect(percent(0, 0)).toBeNull();
});

test('sums of several currencies stand side by side', () => {
  const sum = (currency: string, minor: number) => ({ currency, minor, count: 1 });
  expect(moneyWords([])).toBe('');
  expect(moneyWords([sum('USD', 100)])).toBe('$1.00');
  expect(moneyWords([sum('USD', 100), sum('EUR', 200)])).toBe('$1.00 and €2.00');
  expect(moneyWords([sum('USD', 100), sum('EUR', 200), sum('GBP', 300)])).toBe('$1.00, €2.00 and 1 more');
});
