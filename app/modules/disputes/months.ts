import { localTime } from '#app/platform/time-format.ts';

const HOUR_MS = 3_600_000;

/** A calendar month of a time zone: `key` "2026-11", its first moment and the first of the next, in ms. */
export interface Month {
  key: string;
  startsAt: number;
  endsAt: number;
}

/** The last `count` months of a zone, oldest first; the last holds `now` (ms since 1970). */
export function lastMonths(now: number, zone: string, count: number): Month[] {
  const { year, month } = localTime(now, zone);
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.UTC(year, month - 1 - (count - 1 - i), 1));
    const [y, m] = [at.getUTCFullYear(), at.getUTCMonth()];
    return {
      key: `${y}-${String(m + 1).padStart(2, '0')}`,
      startsAt: midnight(Date.UTC(y, m, 1), zone),
      endsAt: midnight(Date.UTC(y, m + 1, 1), zone),
    };
  });
}

/** When the zone's clocks show the midnight that UTC shows at `utc`. Twice, as the first step may cross a change of clocks. */
function midnight(utc: number, zone: string): number {
  const offsetAt = (ms: number): number => {
    const { dayNumber, hour, minute, second } = localTime(ms, zone);
    return dayNumber * 24 * HOUR_MS + hour * HOUR_MS + minute * 60_000 + second * 1_000 - ms;
  };
  const first = utc - offsetAt(utc);
  return utc - offsetAt(first);
}
