import { expect, test } from 'vitest';
import { quietUntil } from './quiet-hours.ts';

const until = (iso: string, from: string, to: string, zone = 'UTC'): string | null => {
  const end = quietUntil(Date.parse(iso), { from, to, zone });
  return end === null ? null : new Date(end).toISOString();
};

test('quiet hours over midnight end in the morning, those by day on the same day', () => {
  expect(until('2026-05-12T23:10:05Z', '22:00', '07:00')).toBe('2026-05-13T07:00:00.000Z');
  expect(until('2026-05-13T06:59:59Z', '22:00', '07:00')).toBe('2026-05-13T07:00:00.000Z');
  expect(until('2026-05-13T07:00:00Z', '22:00', '07:00')).toBeNull();
  expect(until('2026-05-12T21:59:59Z', '22:00', '07:00')).toBeNull();
  expect(until('2026-05-12T12:30:00Z', '12:00', '14:00')).toBe('2026-05-12T14:00:00.000Z');
  expect(until('2026-05-12T15:30:00Z', '12:00', '14:00')).toBeNull();
});

test('they are those of the wall clock in their zone', () => {
  expect(until('2026-07-01T20:30:00Z', '22:00', '07:00', 'Europe/Berlin')).toBe('2026-07-02T05:00:00.000Z');
  expect(until('2026-12-01T20:30:00Z', '22:00', '07:00', 'Europe/Berlin')).toBeNull();
  expect(until('2026-07-01T18:00:00Z', '22:00', '07:00', 'Asia/Kolkata')).toBe('2026-07-02T01:30:00.000Z');
});

test('the nights on which the clock is put forward or back are an hour shorter or longer', () => {
  // Berlin: 29 March 2026, 02:00 becomes 03:00; 25 October, 03:00 becomes 02:00
  expect(until('2026-03-28T21:30:00Z', '22:00', '07:00', 'Europe/Berlin')).toBe('2026-03-29T05:00:00.000Z');
  expect(until('2026-10-24T20:30:00Z', '22:00', '07:00', 'Europe/Berlin')).toBe('2026-10-25T06:00:00.000Z');
});

test('an end in the hour that is left out is the first minute after it', () => {
  expect(until('2026-03-29T00:30:00Z', '01:00', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
});
