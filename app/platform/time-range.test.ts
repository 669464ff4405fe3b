import { expect, test } from 'vitest';
import { instantOfField, isRange, localField, rangeStart } from './time-range.ts';

test('today began at midnight where the reader is, also when clocks change', () => {
  const now = Date.UTC(2026, 4, 12, 12, 2, 3, 456);
  const start = (at: number, zone: string) => new Date(rangeStart('today', at, zone)).toISOString();
  // Cuba sets its clocks back from one to midnight, and forward at midnight
  expect(start(Date.parse('2026-11-01T15:00:00Z'), 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  expect(start(Date.parse('2026-03-08T15:00:00Z'), 'America/Havana')).toBe('2026-03-08T05:00:00.000Z');
  expect(start(Date.parse('2026-10-25T15:00:00Z'), 'Atlantic/Azores')).toBe('2026-10-25T00:00:00.000Z');
  expect(start(now, 'Europe/Berlin')).toBe('2026-05-11T22:00:00.000Z');
  expect(start(now, 'Asia/Kolkata')).toBe('2026-05-11T18:30:00.000Z');
  expect(start(Date.UTC(2026, 2, 29, 12), 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(start(Date.UTC(2026, 9, 25, 12), 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z');
  expect(new Date(rangeStart('24h', now, 'UTC')).toISOString()).toBe('2026-05-11T12:02:03.456Z');
});

test('a field of local time is the instant the reader means, and back', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia']) {
    for (const text of ['2026-01-15T00:00', '2026-05-12T14:02', '2026-12-31T23:59']) {
      const iso = instantOfField(text, zone);
      expect(iso && localField(iso, zone), `${text} ${zone}`).toBe(text);
    }
  }
  expect(instantOfField('2026-05-12T14:02', 'Europe/Berlin')).toBe('2026-05-12T12:02:00.000Z');
});

test('an hour that clocks skip or repeat is taken once', () => {
  expect(instantOfField('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(instantOfField('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
});

test('what is no time is none', () => {
  for (const text of ['', 'soon', '2026-02-30T10:00', '2026-05-12'])
    expect(instantOfField(text, 'UTC')).toBeNull();
  expect(isRange('toString')).toBe(false);
  expect(isRange(null)).toBe(false);
});
