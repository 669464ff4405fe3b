import { localTime } from '#app/platform/time-format.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Local hours at which the outcome steps begin. */
const STEP_HOURS = [0, 6, 12, 18];

/** When the local day that holds `ms` begins, in ms since 1970. Days of 23 and 25 hours come out right. */
export function startOfDay(ms: number, zone: string): number {
  return atHour(ms, zone, 0);
}

/** Starts of `count` local days, the one that holds `ms` being number `-first` (`first` is 0 or less); then one end. */
export function dayEdges(ms: number, zone: string, first: number, count: number): number[] {
  const noon = atHour(ms, zone, 12);
  return Array.from({ length: count + 1 }, (_, i) => startOfDay(noon + (first + i) * DAY, zone));
}

/** Edges of the six-hour steps of the last `days` local days, up to the end of the step that holds `now`. */
export function outcomeEdges(now: number, zone: string, days: number): number[] {
  const starts = dayEdges(now, zone, 1 - days, days);
  const edges = starts.slice(0, -1).flatMap((start) => STEP_HOURS.map((hour) => atHour(start, zone, hour)));
  edges.push(starts.at(-1) as number);
  const last = edges.findIndex((edge) => edge > now);
  return edges.slice(0, last + 1);
}

/** The moment in the local day of `ms` at which the wall clock shows `hour`; where it is skipped, the next there is. */
function atHour(ms: number, zone: string, hour: number): number {
  const local = localTime(ms, zone);
  const guess = ms - (local.hour - hour) * HOUR - local.minute * 60_000 - local.second * 1_000 - (ms % 1_000);
  const got = localTime(guess, zone);
  const off = (got.dayNumber - local.dayNumber) * 24 + got.hour - hour + got.minute / 60;
  if (off === 0) return firstOf(guess, zone);
  const moved = guess - off * HOUR;
  // a clock that skips the hour shows a later one at best
  return localTime(moved, zone).dayNumber < local.dayNumber ? guess : moved;
}

/** A wall clock that is set back shows some hours twice: the first time, where `ms` is the second. */
function firstOf(ms: number, zone: string): number {
  const [before, now] = [localTime(ms - HOUR, zone), localTime(ms, zone)];
  return before.dayNumber === now.dayNumber && before.hour === now.hour ? ms - HOUR : ms;
}
