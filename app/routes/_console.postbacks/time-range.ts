import { localTime } from '#app/platform/time-format.ts';

const RANGES = {
  today: 'Today',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
} as const;
export type TimeRange = keyof typeof RANGES;

export const RANGE_OPTIONS: readonly { value: TimeRange; label: string }[] = (
  Object.keys(RANGES) as TimeRange[]
).map((value) => ({ value, label: RANGES[value] }));

export const isRange = (text: string | null): text is TimeRange =>
  text !== null && Object.hasOwn(RANGES, text);
export const rangeLabel = (range: TimeRange | null): string => (range === null ? 'Any time' : RANGES[range]);

const HOUR = 3_600_000;
const SPANS: Record<Exclude<TimeRange, 'today'>, number> = {
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
  '30d': 30 * 24 * HOUR,
  '90d': 90 * 24 * HOUR,
};

/** When a range began, in ms. Today began at midnight in the zone, also on days when clocks change. */
export function rangeStart(range: TimeRange, now: number, zone: string): number {
  if (range !== 'today') return now - SPANS[range];
  const { hour, minute, second, dayNumber } = localTime(now, zone);
  const guess = now - (now % 1000) - ((hour * 60 + minute) * 60 + second) * 1000;
  const at = localTime(guess, zone);
  // an hour was skipped or came twice since midnight
  if (at.dayNumber < dayNumber) return guess + (24 - at.hour) * HOUR;
  return guess - at.hour * HOUR;
}
