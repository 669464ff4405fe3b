import { localTime } from '#app/platform/time-format.ts';
import type { QuietHours } from './schema.ts';

const MINUTE = 60_000;
/** No zone has ever jumped further. */
const JUMP_MAX = 180;

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

function isQuiet(at: number, { from, to, zone }: QuietHours): boolean {
  const { hour, minute } = localTime(at, zone);
  const now = hour * 60 + minute;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start < end ? now >= start && now < end : now >= start || now < end;
}

/**
 * When the quiet hours that `at` (ms since 1970) falls into end, or null when it falls into none. On the wall clock of
 * their zone: also on the days on which it is put forward or back, and where the end falls into the hour left out.
 */
export function quietUntil(at: number, quiet: QuietHours): number | null {
  if (!isQuiet(at, quiet)) return null;
  const { hour, minute } = localTime(at, quiet.zone);
  const left = (minutesOf(quiet.to) - (hour * 60 + minute) + 24 * 60) % (24 * 60);
  const begun = Math.floor(at / MINUTE) * MINUTE;
  // the wall clock may jump in between: look around the plain answer for the first minute that is not quiet any more
  let end = begun + Math.max(1, left - JUMP_MAX) * MINUTE;
  while (isQuiet(end, quiet)) end += MINUTE;
  return end;
}
