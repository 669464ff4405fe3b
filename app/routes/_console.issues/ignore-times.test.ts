import { expect, test } from 'vitest';
import { ignoreChoices, tomorrowAtNine } from './ignore-times.ts';

const iso = (ms: number) => new Date(ms).toISOString();

test('tomorrow at nine is in the reader’s zone, also when the clocks change that night', () => {
  expect(iso(tomorrowAtNine(Date.parse('2026-05-12T12:02:00Z'), 'Europe/Berlin'))).toBe(
    '2026-05-13T07:00:00.000Z',
  );
  expect(iso(tomorrowAtNine(Date.parse('2026-05-12T22:30:00Z'), 'Europe/Berlin'))).toBe(
    '2026-05-14T07:00:00.000Z',
  );
  expect(iso(tomorrowAtNine(Date.parse('2026-10-24T12:00:00Z'), 'Europe/Berlin'))).toBe(
    '2026-10-25T08:00:00.000Z',
  );
  expect(iso(tomorrowAtNine(Date.parse('2026-03-28T12:00:00Z'), 'Europe/Berlin'))).toBe(
    '2026-03-29T07:00:00.000Z',
  );
  expect(iso(tomorrowAtNine(Date.parse('2026-05-12T20:00:00Z'), 'Asia/Kolkata'))).toBe(
    '2026-05-14T03:30:00.000Z',
  );
  expect(iso(tomorrowAtNine(Date.parse('2026-05-12T20:00:00Z'), 'America/Los_Angeles'))).toBe(
    '2026-05-13T16:00:00.000Z',
  );
});

test('an hour, a morning, a week', () => {
  const now = Date.parse('2026-05-12T12:02:00Z');
  expect(ignoreChoices(now, 'UTC').map(({ until }) => iso(until))).toEqual([
    '2026-05-12T13:02:00.000Z',
    '2026-05-13T09:00:00.000Z',
    '2026-05-19T12:02:00.000Z',
  ]);
});
