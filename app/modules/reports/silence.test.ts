import { expect, test } from 'vitest';
import { sameWallClock } from './silence.server.ts';

test('the same hour of a week before is that of the wall clock, across the day it is put forward', () => {
  const monday = Date.parse('2026-03-30T08:00:00Z'); // 10:00 in Berlin, summer time since the day before
  expect(new Date(sameWallClock(monday, 1, 'Europe/Berlin')).toISOString()).toBe('2026-03-23T09:00:00.000Z');
  expect(new Date(sameWallClock(monday, 1, 'UTC')).toISOString()).toBe('2026-03-23T08:00:00.000Z');
});
