import { localTime } from '#app/platform/time-format.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NINE = 9;

/** Nine in the morning of the next day in `zone`, in ms since 1970. Right across a change of the clocks. */
export function tomorrowAtNine(now: number, zone: string): number {
  const wanted = (localTime(now, zone).dayNumber + 1) * DAY + NINE * HOUR;
  let at = wanted;
  // the zone's distance from UTC may differ on both sides of the guess: the second look settles it
  for (let look = 0; look < 2; look++) {
    const here = localTime(at, zone);
    at += wanted - (here.dayNumber * DAY + here.hour * HOUR + here.minute * 60_000 + here.second * 1000);
  }
  return at;
}

export interface IgnoreChoice {
  key: string;
  label: string;
  until: number;
}

/** For how long an issue can be ignored with one press. */
export const ignoreChoices = (now: number, zone: string): IgnoreChoice[] => [
  { key: 'hour', label: 'For an hour', until: now + HOUR },
  { key: 'tomorrow', label: 'Until tomorrow, 09:00', until: tomorrowAtNine(now, zone) },
  { key: 'week', label: 'For a week', until: now + 7 * DAY },
];
