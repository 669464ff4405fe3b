/**
 * Times and durations as people read them. Pure and client-safe: the same instant, `now` and zone give the
 * same text on server and client, because names and order are ours and only the zone's offset is `Intl`'s.
 */
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONG_WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Weekday names are clear only this many days away; beyond, the date is written. */
const WEEKDAY_REACH = 5;

/** An instant: ISO 8601 text or epoch milliseconds. */
export type Instant = string | number;

export type LocalTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  /** Days since the epoch of the local calendar, for comparing dates. */
  dayNumber: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(key: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const cached = formatters.get(key);
  if (cached) return cached;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** Epoch milliseconds of an instant. Throws RangeError when the text is no time. */
export function toMillis(instant: Instant): number {
  const millis = typeof instant === 'number' ? instant : Date.parse(instant);
  if (Number.isNaN(millis)) throw new RangeError(`Not a time: ${String(instant)}`);
  return millis;
}

/** True when this engine knows the IANA zone, e.g. "Europe/Berlin". */
export function isZone(zone: string): boolean {
  try {
    formatter(`parts|${zone}`, 'en-US', partOptions(zone));
    return true;
  } catch {
    return false;
  }
}

function partOptions(zone: string): Intl.DateTimeFormatOptions {
  return {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  };
}

/** The wall clock in a zone. */
export function localTime(instant: Instant, zone: string): LocalTime {
  const parts = formatter(`parts|${zone}`, 'en-US', partOptions(zone)).formatToParts(toMillis(instant));
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  const dayNumber = Date.UTC(year, month - 1, day) / DAY;
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  return {
    year,
    month,
    day,
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
    weekday,
    dayNumber,
  };
}

const two = (value: number) => String(value).padStart(2, '0');
const clock = (t: LocalTime) => `${two(t.hour)}:${two(t.minute)}`;
const date = (t: LocalTime) => `${t.day} ${MONTHS[t.month - 1]}`;

/** "14:02" today, "Tue 14:02" within five days, "18 May" beyond, "18 May 2025" in another year. */
export function formatTimeShort(instant: Instant, now: Instant, zone: string): string {
  const time = localTime(instant, zone);
  const today = localTime(now, zone);
  const days = time.dayNumber - today.dayNumber;
  if (days === 0) return clock(time);
  if (Math.abs(days) <= WEEKDAY_REACH) return `${WEEKDAYS[time.weekday]} ${clock(time)}`;
  return time.year === today.year ? date(time) : `${date(time)} ${time.year}`;
}

/** "18 May", or "18 May 2025" in another year: for days rather than moments. */
export function formatDay(instant: Instant, now: Instant, zone: string): string {
  const time = localTime(instant, zone);
  return time.year === localTime(now, zone).year ? date(time) : `${date(time)} ${time.year}`;
}

/** "Tuesday 12 May, 14:02": the moment a page describes. */
export function formatMoment(instant: Instant, zone: string): string {
  const time = localTime(instant, zone);
  return `${LONG_WEEKDAYS[time.weekday]} ${date(time)}, ${clock(time)}`;
}

/** "Tue 12": a day on a chart's axis. */
export function formatAxisDay(instant: Instant, zone: string): string {
  const time = localTime(instant, zone);
  return `${WEEKDAYS[time.weekday]} ${time.day}`;
}

/** "14:00:23": the second of an attempt. */
export function formatClock(instant: Instant, zone: string): string {
  const time = localTime(instant, zone);
  return `${clock(time)}:${two(time.second)}`;
}

/** Absolute, for titles and screen readers: "Tue 12 May 2026 14:01 CEST · 12:01 UTC". */
export function formatTimeFull(instant: Instant, zone: string, options: { seconds?: boolean } = {}): string {
  const time = localTime(instant, zone);
  const utc = localTime(instant, 'UTC');
  const at = (t: LocalTime) => (options.seconds ? `${clock(t)}:${two(t.second)}` : clock(t));
  const full = `${WEEKDAYS[time.weekday]} ${date(time)} ${time.year} ${at(time)}`;
  const name = zoneName(instant, zone);
  if (name === 'UTC') return `${full} UTC`;
  const utcDate = utc.dayNumber === time.dayNumber ? '' : `${WEEKDAYS[utc.weekday]} ${date(utc)} `;
  return `${full} ${name} · ${utcDate}${at(utc)} UTC`;
}

/** "CEST", "EDT", "UTC", or "UTC+5:30" where the zone has no short name of its own. */
export function zoneName(instant: Instant, zone: string): string {
  const name = (locale: string) =>
    formatter(`name|${locale}|${zone}`, locale, { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(toMillis(instant))
      .find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
  for (const locale of ['en-GB', 'en-US', 'en-AU']) {
    const found = name(locale);
    if (!/^(GMT|UTC)[+-]/.test(found)) return found === 'GMT' && zone !== 'Europe/London' ? 'UTC' : found;
  }
  return name('en-US').replace('GMT', 'UTC');
}

/** "Berlin" of "Europe/Berlin", "New York" of "America/New_York". */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** A span as "2 d 4 h", "6 h 18 min", and "41:12" under an hour. The sign is dropped; whole seconds, cut off. */
export function formatDuration(ms: number): string {
  const span = Math.abs(ms);
  if (span >= DAY) return `${Math.floor(span / DAY)} d ${Math.floor((span % DAY) / HOUR)} h`;
  if (span >= HOUR) return `${Math.floor(span / HOUR)} h ${two(Math.floor((span % HOUR) / MINUTE))} min`;
  return `${Math.floor(span / MINUTE)}:${two(Math.floor((span % MINUTE) / 1000))}`;
}

/** A span in its largest unit alone: "21 s", "4 min", "3 h", "2 d". */
export function formatRough(ms: number): string {
  const span = Math.abs(ms);
  if (span >= DAY) return `${Math.floor(span / DAY)} d`;
  if (span >= HOUR) return `${Math.floor(span / HOUR)} h`;
  if (span >= MINUTE) return `${Math.floor(span / MINUTE)} min`;
  return `${Math.floor(span / 1000)} s`;
}

/** How long a call took: "412 ms", "1.21 s", "10.0 s", "1 min 05 s". */
export function formatMs(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
}

/** A size in steps of 1,024: "96 B", "1.5 KB", "64 KB", "3.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = value >= 99.95 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
  return `${text} ${units[unit]}`;
}

/** "1,284" with thousands by commas, and "1,000+" when the count was capped there. */
export function formatCount(count: number, capped = false): string {
  return `${String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, ',')}${capped ? '+' : ''}`;
}
