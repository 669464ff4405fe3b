import { describe, expect, test } from 'vitest';
import {
  formatAxisDay,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatMoment,
  formatMs,
  formatRough,
  formatTimeFull,
  formatTimeShort,
  isZone,
  zoneCity,
} from './time-format.ts';

const NOW = '2026-05-12T12:02:00.000Z';
const BERLIN = 'Europe/Berlin';
const short = (iso: string, zone = BERLIN) => formatTimeShort(iso, NOW, zone);

describe('formatTimeShort', () => {
  test('is the clock today, the weekday near by and the date beyond', () => {
    expect(short('2026-05-12T12:01:00Z')).toBe('14:01');
    expect(short('2026-05-13T15:02:00Z')).toBe('Wed 17:02');
    expect(short('2026-05-08T15:20:00Z')).toBe('Fri 17:20');
    expect(short('2026-05-18T10:00:00Z')).toBe('18 May');
    expect(short('2025-05-18T10:00:00Z')).toBe('18 May 2025');
  });

  test('takes the day of the zone, not of UTC', () => {
    expect(short('2026-05-11T22:30:00Z')).toBe('00:30');
    expect(short('2026-05-11T22:30:00Z', 'UTC')).toBe('Mon 22:30');
    expect(short('2026-05-12T23:30:00Z', 'Asia/Tokyo')).toBe('Wed 08:30');
  });
});

describe('formatTimeFull', () => {
  test('names zone and UTC', () => {
    expect(formatTimeFull('2026-05-12T12:01:00Z', BERLIN)).toBe('Tue 12 May 2026 14:01 CEST · 12:01 UTC');
    expect(formatTimeFull('2026-01-12T12:01:00Z', BERLIN)).toBe('Mon 12 Jan 2026 13:01 CET · 12:01 UTC');
    expect(formatTimeFull('2026-05-12T12:01:09Z', 'UTC', { seconds: true })).toBe(
      'Tue 12 May 2026 12:01:09 UTC',
    );
  });

  test('says the UTC day where it is another one, and an offset where a zone has no name', () => {
    expect(formatTimeFull('2026-05-11T22:30:00Z', 'America/New_York')).toBe(
      'Mon 11 May 2026 18:30 EDT · 22:30 UTC',
    );
    expect(formatTimeFull('2026-05-11T22:30:00Z', 'Asia/Kolkata')).toBe(
      'Tue 12 May 2026 04:00 UTC+5:30 · Mon 11 May 22:30 UTC',
    );
  });
});

test('days, moments, axes and seconds', () => {
  expect(formatDay('2026-06-11T10:00:00Z', NOW, BERLIN)).toBe('11 Jun');
  expect(formatMoment(NOW, BERLIN)).toBe('Tuesday 12 May, 14:02');
  expect(formatAxisDay(NOW, BERLIN)).toBe('Tue 12');
  expect(formatClock('2026-05-12T12:00:23Z', BERLIN)).toBe('14:00:23');
  expect(zoneCity('America/New_York')).toBe('New York');
  expect([isZone(BERLIN), isZone('Mars/Olympus')]).toEqual([true, false]);
});

test('durations', () => {
  const [min, h, d] = [60_000, 3_600_000, 86_400_000];
  expect(formatDuration(2 * d + 4 * h)).toBe('2 d 4 h');
  expect(formatDuration(14 * d)).toBe('14 d 0 h');
  expect(formatDuration(6 * h + 18 * min)).toBe('6 h 18 min');
  expect(formatDuration(21 * h + 7 * min)).toBe('21 h 07 min');
  expect(formatDuration(41 * min + 12_900)).toBe('41:12');
  expect(formatDuration(-7_000)).toBe('0:07');
  expect([21_000, 4 * min, 3 * h + 59 * min, 2 * d].map(formatRough)).toEqual([
    '21 s',
    '4 min',
    '3 h',
    '2 d',
  ]);
});

test('how long calls took, sizes and counts', () => {
  expect([412, 999.6, 1210, 9_999, 10_004, 65_000].map(formatMs)).toEqual([
    '412 ms',
    '1.00 s',
    '1.21 s',
    '10.0 s',
    '10.0 s',
    '1 min 05 s',
  ]);
  expect([96, 1536, 65_536, 3_565_158, 1_048_575].map(formatBytes)).toEqual([
    '96 B',
    '1.5 KB',
    '64 KB',
    '3.4 MB',
    '1 MB',
  ]);
  expect([formatCount(1284), formatCount(1000, true)]).toEqual(['1,284', '1,000+']);
});
