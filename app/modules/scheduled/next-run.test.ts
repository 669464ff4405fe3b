import { describe, expect, test } from 'vitest';
import { dueAt, nextRun } from './next-run.ts';
import type { Rhythm } from './schema.ts';

const weekly = (day: number, hour: number, zone: string): Rhythm => ({ every: 'week', day, hour, zone });
const monthly = (day: number, hour: number, zone: string): Rhythm => ({ every: 'month', day, hour, zone });
const next = (rhythm: Rhythm, after: string) => new Date(nextRun(rhythm, Date.parse(after))).toISOString();
/** The first `count` moments after one. */
function walk(rhythm: Rhythm, after: string, count: number): string[] {
  const found: string[] = [];
  for (let at = Date.parse(after); found.length < count; ) {
    at = nextRun(rhythm, at);
    found.push(new Date(at).toISOString());
  }
  return found;
}

describe('the next moment', () => {
  test('is the next of that weekday and hour by the zone’s own clock, never the same moment again', () => {
    const monday = weekly(1, 8, 'Europe/Berlin');
    expect(next(monday, '2026-05-10T12:00:00Z')).toBe('2026-05-11T06:00:00.000Z');
    expect(next(monday, '2026-05-11T05:59:59Z')).toBe('2026-05-11T06:00:00.000Z');
    expect(next(monday, '2026-05-11T06:00:00Z')).toBe('2026-05-18T06:00:00.000Z');
    // Monday there is still Sunday here, and the other way round
    expect(next(weekly(1, 1, 'Pacific/Auckland'), '2026-05-10T00:00:00Z')).toBe('2026-05-10T13:00:00.000Z');
    expect(next(weekly(7, 23, 'America/Los_Angeles'), '2026-05-11T00:00:00Z')).toBe(
      '2026-05-11T06:00:00.000Z',
    );
  });
  test('keeps its hour on the wall when clocks change', () => {
    expect(walk(weekly(1, 8, 'Europe/Berlin'), '2026-03-17T00:00:00Z', 3)).toEqual([
      '2026-03-23T07:00:00.000Z',
      '2026-03-30T06:00:00.000Z',
      '2026-04-06T06:00:00.000Z',
    ]);
  });
  test('an hour that is skipped comes just after the gap, one that comes twice comes once, the first time', () => {
    // Sunday 29 March 2026: 02:00 becomes 03:00; Sunday 25 October: 03:00 becomes 02:00
    const sunday = weekly(7, 2, 'Europe/Berlin');
    expect(walk(sunday, '2026-03-23T00:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-04-05T00:00:00.000Z',
    ]);
    expect(walk(sunday, '2026-10-19T00:00:00Z', 2)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-11-01T01:00:00.000Z',
    ]);
    // half an hour on Lord Howe, midnight in Cairo (Friday 24 April 2026)
    expect(next(weekly(7, 2, 'Australia/Lord_Howe'), '2026-10-02T00:00:00Z')).toBe(
      '2026-10-03T15:30:00.000Z',
    );
    expect(next(weekly(5, 0, 'Africa/Cairo'), '2026-04-20T00:00:00Z')).toBe('2026-04-23T22:00:00.000Z');
  });
  test('of a month falls on its last day where the day is not there', () => {
    expect(walk(monthly(31, 6, 'UTC'), '2026-01-31T06:00:00Z', 4)).toEqual([
      '2026-02-28T06:00:00.000Z',
      '2026-03-31T06:00:00.000Z',
      '2026-04-30T06:00:00.000Z',
      '2026-05-31T06:00:00.000Z',
    ]);
    expect(next(monthly(30, 6, 'UTC'), '2028-02-01T00:00:00Z')).toBe('2028-02-29T06:00:00.000Z');
    expect(next(monthly(1, 0, 'Asia/Kolkata'), '2026-12-31T18:30:00Z')).toBe('2027-01-31T18:30:00.000Z');
  });
});

describe('what is due', () => {
  const monday = weekly(1, 8, 'UTC');
  const at = (text: string) => Date.parse(text);
  test('nothing before its moment', () => {
    expect(dueAt(monday, at('2026-05-11T08:00:00Z'), at('2026-05-11T07:59:59Z'))).toBeNull();
  });
  test('is the moment itself', () => {
    expect(dueAt(monday, at('2026-05-11T08:00:00Z'), at('2026-05-11T08:00:00Z'))).toEqual({
      latest: at('2026-05-11T08:00:00Z'),
      missed: 0,
      next: at('2026-05-18T08:00:00Z'),
    });
  });
  test('of several that passed, it is the last; the others are counted', () => {
    expect(dueAt(monday, at('2026-05-11T08:00:00Z'), at('2026-06-03T12:00:00Z'))).toEqual({
      latest: at('2026-06-01T08:00:00Z'),
      missed: 3,
      next: at('2026-06-08T08:00:00Z'),
    });
  });
});
