import { formatCount, localTime } from '#app/platform/time-format.ts';
import { isRange, rangeLabel } from '#app/platform/time-range.ts';
import type { Rhythm } from './schema.ts';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const ORDINALS: Record<number, string> = {
  1: 'st',
  2: 'nd',
  3: 'rd',
  21: 'st',
  22: 'nd',
  23: 'rd',
  31: 'st',
};
const two = (value: number): string => String(value).padStart(2, '0');

/** "Mondays at 08:00, Europe/Berlin"; "The 1st of each month at 06:00, UTC". */
export function rhythmWords({ every, day, hour, zone }: Rhythm): string {
  const days =
    every === 'week'
      ? `${WEEKDAYS[day - 1]}s`
      : day === 31
        ? 'The last day of each month'
        : `The ${day}${ORDINALS[day] ?? 'th'} of each month${day > 28 ? ' (or its last day)' : ''}`;
  return `${days} at ${two(hour)}:00, ${zone.replaceAll('_', ' ')}`;
}

/** Parameters whose names say little. */
const NAMES: Record<string, string> = { q: 'search' };

/** What a list's query says, in words: "range: Last 7 days · status: failed"; "everything" for none. */
export function filterWords(query: string): string {
  const parts = [...new URLSearchParams(query)].map(
    ([name, value]) => `${NAMES[name] ?? name}: ${isRange(value) ? rangeLabel(value) : value}`,
  );
  return parts.length === 0 ? 'everything' : parts.join(' · ');
}

/** "1 row", "12,345 rows". */
export const rowWords = (rows: number): string => `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;

/** The day in a zone, "2026-05-12", for names of files. */
export function dayIn(at: number, zone: string): string {
  const { year, month, day } = localTime(at, zone);
  return `${year}-${two(month)}-${two(day)}`;
}
