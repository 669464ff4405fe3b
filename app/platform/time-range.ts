import { localTime } from './time-format.ts';

const RANGES = {
  today: 'Today',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
} as const;
/** A time range that moves with the clock, as lists keep it in their address. */
export type TimeRange = keyof typeof RANGES;

export const RANGE_OPTIONS: readonly { value: TimeRange; label: string }[] = (
  Object.keys(RANGES) as TimeRange[]
).map((value) => ({ value, label: RANGES[value] }));

/** Whether a text is one of the ranges. */
export const isRange = (text: string | null | undefined): text is TimeRange =>
  text != null && Object.hasOwn(RANGES, text);
/** "Last 7 days"; "Any time" for none. */
export const rangeLabel = (range: TimeRange | null): string => (range === null ? 'Any time' : RANGES[range]);

const HOUR = 3_600_000;
const SPANS: Record<Exclude<TimeRange, 'today'>, number> = {
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
  '30d': 30 * 24 * HOUR,
  '90d': 90 * 24 * HOUR,
};

/** When a range began, in ms. Today began at midnight in the zone: the first of two, or just after one that is skipped. */
export function rangeStart(range: TimeRange, now: number, zone: string): number {
  if (range !== 'today') return now - SPANS[range];
  const day = localField(new Date(now).toISOString(), zone).slice(0, 10);
  const midnight = instantOfField(`${day}T00:00`, zone);
  if (midnight === null) throw new RangeError(`not a day: ${day}`);
  return Date.parse(midnight);
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;
const two = (value: number): string => String(value).padStart(2, '0');

/** An instant as a datetime-local field writes it in a zone: "2026-05-12T14:02". */
export function localField(iso: string, zone: string): string {
  const { year, month, day, hour, minute } = localTime(iso, zone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/**
 * The instant of a datetime-local field in a zone, as UTC ISO; null where the text is no time. An hour that comes
 * twice is taken the first time, one that is skipped is taken as just after it.
 */
export function instantOfField(text: string, zone: string): string | null {
  const [, year, month, day, hour, minute] = (LOCAL.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(wall) || new Date(wall).getUTCDate() !== day) return null;
  const offsetAt = (at: number): number => {
    const t = localTime(at, zone);
    return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second) - Math.floor(at / 1000) * 1000;
  };
  // offsets change by an hour or so: those a day before and after are the two that can hold here
  const [early, late] = [offsetAt(wall - 24 * HOUR), offsetAt(wall + 24 * HOUR)];
  const candidates = [wall - early, wall - late].filter((at) => at + offsetAt(at) === wall);
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - early).toISOString();
}
