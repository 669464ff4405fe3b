import { expect, test } from 'vitest';
import { lastMonths } from './months.ts';

const iso = (ms: number) => new Date(ms).toISOString();

test('RG-38 months begin where the zone’s clocks begin them, change of clocks included', () => {
  const now = Date.parse('2026-11-20T15:00:00Z');
  const berlin = lastMonths(now, 'Europe/Berlin', 3);
  expect(berlin.map(({ key, startsAt }) => [key, iso(startsAt)])).toEqual([
    ['2026-09', '2026-08-31T22:00:00.000Z'],
    ['2026-10', '2026-09-30T22:00:00.000Z'],
    ['2026-11', '2026-10-31T23:00:00.000Z'],
  ]);
  expect(berlin.map(({ endsAt }) => endsAt).slice(0, -1)).toEqual(
    berlin.map(({ startsAt }) => startsAt).slice(1),
  );
});

test('RG-38 the month is the one of the zone, over the turn of the year', () => {
  const now = Date.parse('2026-01-01T03:00:00Z');
  expect(lastMonths(now, 'America/New_York', 2).map(({ key }) => key)).toEqual(['2025-11', '2025-12']);
  expect(lastMonths(now, 'UTC', 2).map(({ key }) => key)).toEqual(['2025-12', '2026-01']);
});
