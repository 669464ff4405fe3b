import { localTime } from './time-format.ts';

/** A value of a CSV cell. Texts are defused and quoted; numbers are written as they are. */
export type CsvValue = string | number | boolean | null;

/** Spreadsheets take what begins so for a formula, also after white space they trim. */
const FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/;
/** A plain number is no formula, whatever its sign. */
const NUMBER = /^-?\d+(\.\d+)?$/;
const QUOTED = /[",\r\n]/;

/**
 * One cell by RFC 4180: quoted where it holds a comma, a quote or a line break. A text that a spreadsheet would run
 * as a formula gets a leading ', which shows it as text. Null is an empty cell.
 */
export function csvCell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  // half a surrogate pair is no UTF-8
  const text = value.isWellFormed() ? value : value.toWellFormed();
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line end (CRLF). */
export const csvRecord = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(',')}\r\n`;

const QUARTER = 900_000;
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Writes instants (UTC ISO) as the wall clock of a zone: "2026-05-12 14:02:31", which spreadsheets read as a time.
 * Offsets change on quarters of an hour at most, so one is worked out for each quarter: a column of a million times
 * costs no more than its texts.
 */
export function wallClock(zone: string): (iso: string | null) => string | null {
  let quarter = Number.NaN;
  let offset = 0;
  return (iso) => {
    if (iso === null) return null;
    const at = Date.parse(iso);
    if (Number.isNaN(at)) return null;
    const own = Math.floor(at / QUARTER);
    if (own !== quarter) {
      const { year, month, day, hour, minute, second } = localTime(at, zone);
      offset = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
      quarter = own;
    }
    const wall = new Date(at + offset);
    const day = `${wall.getUTCFullYear()}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`;
    return `${day} ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())}`;
  };
}
