import { formatAxisDay, formatDay, formatTimeShort, localTime, toMillis } from '#app/platform/time-format.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Names under the axis of a wide chart, and of a narrow one; more would run into each other. */
export const WIDE_TICKS = 9;
export const NARROW_TICKS = 3;

const two = (n: number): string => String(n).padStart(2, '0');
const clockOf = (iso: string, zone: string): string => {
  const { hour, minute } = localTime(iso, zone);
  return `${two(hour)}:${two(minute)}`;
};

/** A bar in words: "Tue 12, 14:00 to 14:15"; a day, which is one of UTC: "Tue 12 (UTC)". */
export function barLabel(bar: { from: string; to: string }, barMs: number, zone: string): string {
  if (barMs >= DAY) return `${formatAxisDay(bar.from, 'UTC')} (UTC)`;
  return `${formatAxisDay(bar.from, zone)}, ${clockOf(bar.from, zone)} to ${clockOf(bar.to, zone)}`;
}

/** What stands under the axis, by bar: a few, evenly apart, at round times where that fits; the first of a day names it. */
export function ticksOf(
  bars: readonly { from: string }[],
  barMs: number,
  zone: string,
  now: string,
  most: number = WIDE_TICKS,
): (string | undefined)[] {
  const every = Math.max(1, Math.ceil(bars.length / most));
  return bars.map(({ from }, i) => {
    // the last of many stands too near the edge to be read whole
    const cut = every > 1 && i === bars.length - 1;
    if (cut || i % every !== Math.floor(every / 2)) return undefined;
    if (barMs >= DAY) return formatDay(from, now, 'UTC');
    return barMs >= 3 * HOUR ? `${formatAxisDay(from, zone)}, ${clockOf(from, zone)}` : clockOf(from, zone);
  });
}

/** A stretch of time: "13:00 to 14:00", "Mon 15:00 to now", "Mon 20:00 to Tue 04:00": a second day is always named. */
export function spanWords(span: { from: string; to: string }, now: string | number, zone: string): string {
  const from = formatTimeShort(span.from, now, zone);
  const day = (iso: string): string => formatAxisDay(iso, zone);
  if (toMillis(span.to) >= toMillis(now)) return `${from} to now`;
  const far = from === formatDay(span.from, now, zone);
  if (far && day(span.from) === day(span.to))
    return `${from}, ${clockOf(span.from, zone)} to ${clockOf(span.to, zone)}`;
  // only today's times stand without their day; beside another day they need it
  const to = formatTimeShort(span.to, now, zone);
  const today = to === clockOf(span.to, zone);
  const named = today && day(span.from) !== day(span.to) ? `${day(span.to).split(' ')[0]} ${to}` : to;
  return `${from} to ${named}`;
}

/** "5-minute, "hourly"…: the steps of a chart. */
export function stepWords(barMs: number): string {
  if (barMs >= DAY) return 'days of UTC';
  if (barMs >= HOUR) return barMs === HOUR ? 'steps of an hour' : `steps of ${barMs / HOUR} hours`;
  return `steps of ${barMs / 60_000} minutes`;
}
