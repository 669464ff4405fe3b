import { isKeepableTime } from '#app/platform/text-rules.ts';
import { instantOfField } from '#app/platform/time-range.ts';
import type { TimeFormat } from './schema.ts';

/** A moment, or the day or minute that a coarser text names: from `at` on, `lastsMs` long. Times are ms since 1970. */
export interface ReadTime {
  at: number;
  lastsMs: number;
}

const DAY = 86_400_000;
const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(AM|PM)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const LOCAL =
  /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[,T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(AM|PM)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads a time as a file writes it; one without an offset is a wall clock in `zone`. Null where it is no time. */
export function readTime(text: string, format: TimeFormat, zone: string): ReadTime | null {
  const trimmed = text.trim();
  if (format === 'unix') return unixTime(trimmed);
  const match = (format === 'iso' ? ISO : LOCAL).exec(trimmed);
  if (!match) return null;
  const [, a = '', b = '', c = ''] = match;
  const [year, month, day] = format === 'iso' ? [a, b, c] : format === 'dmy' ? [c, b, a] : [c, a, b];
  return assemble({ year: year.length === 2 ? `20${year}` : year, month, day }, match, zone);
}

function assemble(
  date: { year: string; month: string; day: string },
  match: RegExpExecArray,
  zone: string,
): ReadTime | null {
  const [, , , , hourText, minute = '00', second, fraction, half, offset] = match;
  const hour = hourOf(hourText, half);
  if (hour === null || Number(minute) > 59 || Number(second ?? 0) > 59 || Number(date.month) > 12)
    return null;
  const two = (value: string | number): string => String(value).padStart(2, '0');
  const minuteText = `${date.year}-${two(date.month)}-${two(date.day)}T${two(hour)}:${two(minute)}`;
  const instant = instantIn(minuteText, offset ? 'UTC' : zone);
  if (instant === null) return null;
  const parts = Number(second ?? 0) * 1000 + Number(`0.${fraction ?? 0}`) * 1000;
  const at = instant + Math.floor(parts) - offsetMs(offset);
  if (!isKeepableTime(at)) return null;
  return {
    at,
    lastsMs: hourText === undefined ? dayLength(minuteText, instant, zone) : second ? 1_000 : 60_000,
  };
}

/** A day has 23 or 25 hours where clocks change. */
function dayLength(minuteText: string, instant: number, zone: string): number {
  const next = new Date(Date.parse(`${minuteText}:00Z`) + DAY).toISOString().slice(0, 16);
  const end = instantIn(next, zone);
  return end === null ? DAY : end - instant;
}

/** How far the wall clock of a zone is ahead at its quarters of an hour: a file has many times in few of them. */
const AHEAD = new Map<string, number | null>();
const AHEAD_MAX = 50_000;

/** The instant of a wall clock's minute; offsets change on quarters of an hour at most. Null where there is no such. */
function instantIn(minuteText: string, zone: string): number | null {
  const minute = Number(minuteText.slice(14));
  const quarter = `${minuteText.slice(0, 14)}${String(minute - (minute % 15)).padStart(2, '0')}`;
  const key = `${zone} ${quarter}`;
  let ahead = AHEAD.get(key);
  if (ahead === undefined) {
    const instant = instantOfField(quarter, zone);
    ahead = instant === null ? null : Date.parse(`${quarter}:00Z`) - Date.parse(instant);
    if (AHEAD.size >= AHEAD_MAX) AHEAD.clear();
    AHEAD.set(key, ahead);
  }
  return ahead === null ? null : Date.parse(`${minuteText}:00Z`) - ahead;
}

function hourOf(text: string | undefined, half: string | undefined): number | null {
  const hour = Number(text ?? 0);
  if (!half) return hour < 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function offsetMs(offset: string | undefined): number {
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(offset ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
}

/** Seconds have ten digits for as long as anybody cares, milliseconds thirteen. */
function unixTime(text: string): ReadTime | null {
  if (!/^\d{9,13}(\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  const inSeconds = value < 100_000_000_000;
  const at = Math.floor(inSeconds ? value * 1000 : value);
  return isKeepableTime(at) ? { at, lastsMs: inSeconds ? 1_000 : 1 } : null;
}
