import { expect, test } from 'vitest';
import { barLabel, spanWords, stepWords, ticksOf } from './bar-words.ts';

const bar = { from: '2026-05-12T12:00:00Z', to: '2026-05-12T12:15:00Z' };

test('bars speak the reader’s time; days are days of UTC and say so', () => {
  expect(barLabel(bar, 900_000, 'Europe/Berlin')).toBe('Tue 12, 14:00 to 14:15');
  expect(
    barLabel({ from: '2026-05-12T00:00:00Z', to: '2026-05-13T00:00:00Z' }, 86_400_000, 'Asia/Tokyo'),
  ).toBe('Tue 12 (UTC)');
  expect([stepWords(300_000), stepWords(3_600_000), stepWords(10_800_000), stepWords(86_400_000)]).toEqual([
    'steps of 5 minutes',
    'steps of an hour',
    'steps of 3 hours',
    'days of UTC',
  ]);
});

test('no more names under the axis than fit', () => {
  const bars = Array.from({ length: 92 }, (_, i) => ({ from: new Date(i * 86_400_000).toISOString() }));
  const named = ticksOf(bars, 86_400_000, 'UTC', '2026-05-12T00:00:00Z').filter((tick) => tick !== undefined);
  expect(named.length).toBeGreaterThan(3);
  expect(named.length).toBeLessThanOrEqual(10);
});

test('a stretch over midnight names both days, and one that still runs ends now', () => {
  const now = '2026-05-12T12:02:00Z';
  const words = (from: string, to: string) => spanWords({ from, to }, now, 'Europe/Berlin');
  expect(words('2026-05-12T08:00:00Z', '2026-05-12T09:00:00Z')).toBe('10:00 to 11:00');
  expect(words('2026-05-11T12:00:00Z', '2026-05-12T13:00:00Z')).toBe('Mon 14:00 to now');
  expect(words('2026-05-11T18:00:00Z', '2026-05-12T02:00:00Z')).toBe('Mon 20:00 to Tue 04:00');
  expect(words('2026-05-01T08:00:00Z', '2026-05-01T09:00:00Z')).toBe('1 May, 10:00 to 11:00');
  expect(words('2026-05-10T18:00:00Z', '2026-05-11T02:00:00Z')).toBe('Sun 20:00 to Mon 04:00');
});
