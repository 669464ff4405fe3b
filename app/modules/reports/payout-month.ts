import { localTime } from '#app/platform/time-format.ts';
import { dayEdges } from './steps.ts';

const DAY_MS = 86_400_000;
/** The calendar reaches this many months back and forth. */
const REACH = 24;

/** A month of a zone: `edges` are the starts of its days and its end, in ms; `blanks` the weekdays before its first (Monday is 0). */
export interface CalendarMonth {
  key: string;
  edges: number[];
  blanks: number;
  previous: string | null;
  next: string | null;
}

const keyOf = (months: number): string =>
  `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;

/** The month that `key` ("2026-11") names, or, where it names none within reach, the one that holds `now` (ms). */
export function monthOf(key: string | null, now: number, zone: string): CalendarMonth {
  const today = localTime(now, zone);
  const current = today.year * 12 + today.month - 1;
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(key ?? '');
  const asked = match ? Number(match[1]) * 12 + Number(match[2]) - 1 : current;
  const month = Math.abs(asked - current) > REACH ? current : asked;
  const [year, index] = [Math.floor(month / 12), month % 12];
  const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  const first = Date.UTC(year, index, 1) / DAY_MS;
  const guess = first * DAY_MS + DAY_MS / 2;
  // where zones are half a day and more from UTC, its noon is another day of theirs
  const inFirst = guess - (localTime(guess, zone).dayNumber - first) * DAY_MS;
  return {
    key: keyOf(month),
    edges: dayEdges(inFirst, zone, 0, length),
    blanks: (first + 3) % 7,
    previous: month - current > -REACH ? keyOf(month - 1) : null,
    next: month - current < REACH ? keyOf(month + 1) : null,
  };
}

/** Which day holds `ms`, as an index of `edges`; -1 where it is none of them. */
export function dayIndex(edges: readonly number[], ms: number): number {
  const end = edges.findIndex((edge) => edge > ms);
  return end < 1 ? -1 : end - 1;
}
