import { decimalToMinor } from '#app/platform/money.ts';
import { isKeepableTime } from '#app/platform/text-rules.ts';
import type { KeyKind } from '../schema.ts';
import { EventFault, type PaymentKey } from './types.ts';

export type Json = Record<string, unknown>;

/** An object, or null. */
export const object = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

export const list = (value: unknown): Json[] =>
  Array.isArray(value) ? value.map(object).filter((one) => one !== null) : [];

/** Text that is not empty, or null. Byte for byte: codes are opaque. */
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const plainId = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : text(value);

/** An id given as text, as a number, or as an expanded object with an `id`. */
export const id = (value: unknown): string | null => plainId(value) ?? plainId(object(value)?.id);

/** Follows a path of names; undefined where it breaks off. */
export function at(value: unknown, ...path: string[]): unknown {
  let here: unknown = value;
  for (const name of path) here = object(here)?.[name];
  return here;
}

const ID_MAX = 255;
/** Whether both stores give it back unchanged and an index can hold it. */
const isKeepableId = (found: string): boolean =>
  found.length <= ID_MAX && found.isWellFormed() && !found.includes('\0');

/** An id or a name that is needed. Throws EventFault where it is missing or cannot be kept. */
export function needText(value: unknown, field: string): string {
  const found = id(value);
  if (found === null)
    throw new EventFault(field, 'is missing, and the event cannot be understood without it');
  if (!isKeepableId(found))
    throw new EventFault(field, `cannot be kept: at most ${ID_MAX} characters, no NUL, no half characters`);
  return found;
}

/** An amount that is already in minor units: an integer, or a text of digits. Never negative. */
export function needMinor(value: unknown, field: string): number {
  const amount = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0)
    throw new EventFault(
      field,
      `should be a whole number of minor units, not negative, but is ${shown(value)}`,
    );
  return amount;
}

/** An amount in major units, as a decimal text ("10.99"): exact minor units of the currency. Never negative. */
export function needDecimal(value: unknown, currency: string, field: string): number {
  const given = typeof value === 'number' ? String(value) : value;
  const minor = typeof given === 'string' ? decimalToMinor(given, currency) : null;
  if (minor === null || minor < 0)
    throw new EventFault(field, `should be an amount in ${currency}, not negative, but is ${shown(value)}`);
  return minor;
}

/** ISO 4217 in capitals. */
export function needCurrency(value: unknown, field: string): string {
  const code = typeof value === 'string' ? value.toUpperCase() : '';
  if (!/^[A-Z]{3}$/.test(code))
    throw new EventFault(field, `should be a currency such as USD, but is ${shown(value)}`);
  return code;
}

/** Unix seconds as UTC ISO, or null. */
export const secondsToIso = (value: unknown): string | null =>
  typeof value === 'number' ? isoAt(value * 1000) : null;

/** A text with a time, as UTC ISO, or null. */
export const isoOf = (value: unknown): string | null =>
  typeof value === 'string' ? isoAt(Date.parse(value)) : null;

const isoAt = (ms: number): string | null => (isKeepableTime(ms) ? new Date(ms).toISOString() : null);

/** The keys that are there, each once. */
export function keysOf(pairs: readonly (readonly [KeyKind, unknown])[]): PaymentKey[] {
  const found = new Map<string, PaymentKey>();
  for (const [kind, value] of pairs) {
    const key = id(value);
    if (key !== null && isKeepableId(key)) found.set(`${kind} ${key}`, { kind, key });
  }
  return [...found.values()];
}

const shown = (value: unknown): string =>
  value === undefined ? 'missing' : String(JSON.stringify(value) ?? value).slice(0, 60);
