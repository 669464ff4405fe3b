import { describe, expect, test } from 'vitest';
import { dayIndex, monthOf } from './payout-month.ts';
import { PartTally, Tally } from './payout-tally.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
const hours = (edges: readonly number[]) =>
  edges.slice(1).map((edge, i) => (edge - (edges[i] as number)) / HOUR);

describe('a month of a zone', () => {
  test.each([
    ['UTC', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-10-31T10:00:00.000Z', '2026-11-30T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-01T11:00:00.000Z', '2026-12-01T11:00:00.000Z'],
    ['Asia/Kathmandu', '2026-10-31T18:15:00.000Z', '2026-11-30T18:15:00.000Z'],
  ])('in %s begins and ends at its midnights', (zone, from, to) => {
    const { key, edges, blanks } = monthOf(null, NOW, zone);
    expect([key, blanks, edges.length]).toEqual(['2026-11', 6, 31]);
    expect([edges[0], edges.at(-1)].map((ms) => new Date(ms ?? 0).toISOString())).toEqual([from, to]);
  });

  test('days on which clocks change have 23 and 25 hours, and none is lost', () => {
    expect(hours(monthOf('2026-03', NOW, 'Europe/Berlin').edges)[28]).toBe(23);
    expect(hours(monthOf('2026-10', NOW, 'Europe/Berlin').edges)[24]).toBe(25);
    // Beirut turns at midnight: the day begins at one o'clock
    expect(hours(monthOf('2026-03', NOW, 'Asia/Beirut').edges).reduce((sum, one) => sum + one, 0)).toBe(743);
  });

  test('beside it are the months before and after, two years each way', () => {
    expect(monthOf('2026-01', NOW, 'UTC')).toMatchObject({ previous: '2025-12', next: '2026-02', blanks: 3 });
    expect(monthOf('2028-11', NOW, 'UTC')).toMatchObject({ key: '2028-11', next: null });
    expect(monthOf('2024-11', NOW, 'UTC')).toMatchObject({ key: '2024-11', previous: null });
    for (const wrong of ['2029-01', '2026-13', 'November', ''])
      expect(monthOf(wrong, NOW, 'UTC').key).toBe('2026-11');
  });

  test('a moment falls on its day, the edge on the day that it begins', () => {
    const { edges } = monthOf(null, NOW, 'UTC');
    const at = (iso: string) => dayIndex(edges, Date.parse(iso));
    expect(at('2026-11-01T00:00:00Z')).toBe(0);
    expect(at('2026-11-01T23:59:59.999Z')).toBe(0);
    expect(at('2026-11-30T23:59:59.999Z')).toBe(29);
    expect([at('2026-10-31T23:59:59.999Z'), at('2026-12-01T00:00:00Z')]).toEqual([-1, -1]);
  });
});

test('sums by currency are never mixed; what has no currency or payout is unknown; what is taken out is gone', () => {
  const tally = new Tally();
  tally.add({ currency: 'USD', count: 3, known: 2, minor: 500 });
  tally.add({ currency: 'JPY', count: 1, known: 1, minor: 70 });
  tally.add({ currency: null, count: 2, known: 0, minor: 0 });
  expect(tally.read()).toEqual({
    count: 6,
    unknown: 3,
    sums: [
      { currency: 'USD', minor: 500, count: 2 },
      { currency: 'JPY', minor: 70, count: 1 },
    ],
  });
  tally.take({ currency: 'JPY', count: 1, known: 1, minor: 70 });
  expect(tally.read()).toMatchObject({ count: 5, unknown: 3, sums: [{ currency: 'USD' }] });
  expect(new PartTally().read().disputing).toEqual({ count: 0, unknown: 0, sums: [] });
});
