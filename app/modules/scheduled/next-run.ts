import { localTime } from '#app/platform/time-format.ts';
import { instantOfField } from '#app/platform/time-range.ts';
import type { Rhythm } from './schema.ts';

const DAY_MS = 86_400_000;
/** Moments that passed are counted up to this many. */
export const COUNTED_MAX = 60;

/**
 * The next moment of a rhythm after `after`, both in ms. By the wall clock of its zone: where clocks go back it comes
 * the first time the hour does, where they go forward over it just after the gap; never twice, never not at all.
 */
export function nextRun(rhythm: Rhythm, after: number): number {
  const { dayNumber } = localTime(after, rhythm.zone);
  // the day before too: an hour after a gap may fall on it in the zone's own calendar
  for (let day = dayNumber - 1; ; day++) {
    if (!isOn(rhythm, day)) continue;
    const at = momentOn(rhythm, day);
    if (at > after) return at;
  }
}

/** Whether the rhythm comes on a day, counted from 1970-01-01 in its zone's calendar. */
function isOn({ every, day }: Rhythm, dayNumber: number): boolean {
  const date = new Date(dayNumber * DAY_MS);
  if (every === 'week') return (date.getUTCDay() + 6) % 7 === day - 1;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.getUTCDate() === Math.min(day, lastDay);
}

function momentOn({ hour, zone }: Rhythm, dayNumber: number): number {
  const date = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
  const at = instantOfField(`${date}T${String(hour).padStart(2, '0')}:00`, zone);
  if (at === null) throw new RangeError(`not a day: ${date}`);
  return Date.parse(at);
}

/** What has come due since a moment that was promised. */
export interface Due {
  /** The last moment that has come, in ms: the one that is sent for. */
  latest: number;
  /** Moments before it that nobody sent for, counted to COUNTED_MAX. */
  missed: number;
  /** The moment to wait for from now on, in ms. */
  next: number;
}

/** What is due at `now` (ms) of a rhythm whose next moment was to be `promised`; null while that lies ahead. */
export function dueAt(rhythm: Rhythm, promised: number, now: number): Due | null {
  if (promised > now) return null;
  let latest = promised;
  let missed = 0;
  let next = nextRun(rhythm, latest);
  while (next <= now) {
    latest = next;
    missed = Math.min(missed + 1, COUNTED_MAX);
    next = nextRun(rhythm, latest);
  }
  return { latest, missed, next };
}
