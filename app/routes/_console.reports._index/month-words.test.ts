import { expect, test } from 'vitest';
import { dayWords, monthWords, weeksOf } from './month-words.ts';

test('a month lies in weeks from Monday on', () => {
  // November 2026 begins on a Sunday
  const days = Array.from({ length: 30 }, (_, i) => i + 1);
  const weeks = weeksOf(days, 6);
  expect(weeks).toHaveLength(6);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, 1]);
  expect(weeks[1]?.[0]).toBe(2);
  expect(weeks[5]).toEqual([30, null, null, null, null, null, null]);
  expect(weeks.flat().filter((day) => day !== null)).toEqual(days);
  // February 2027 fills four weeks exactly
  expect(weeksOf(days.slice(0, 28), 0)).toHaveLength(4);
});

test('months and days in words', () => {
  expect(monthWords('2026-11')).toBe('November 2026');
  expect(dayWords('2026-11-01', 6)).toBe('Sun 1 Nov');
  expect(dayWords('2026-11-20', 6)).toBe('Fri 20 Nov');
});
