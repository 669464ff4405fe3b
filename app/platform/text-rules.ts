import { z } from 'zod';

/**
 * A text kept byte for byte. NUL and lone surrogates are the only things that cannot be: no store and no JSON
 * answer would give them back unchanged.
 */
export const exactText = (name: string, max: number, min = 1) =>
  z
    .string({
      error: (issue) => (issue.input === undefined ? `${name} is required` : `${name} must be a string`),
    })
    .min(min, `${name} is empty`)
    .max(max, `${name} is longer than ${max} characters`)
    .refine(
      (text) => text.isWellFormed() && !text.includes('\0'),
      `${name} contains a character that cannot be kept unchanged (NUL or half a surrogate pair)`,
    );

/** A text with what cannot be kept (NUL, half a surrogate pair) made visible as U+FFFD: for evidence, never for a key. */
export const keepable = (text: string): string =>
  (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text).toWellFormed();

const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(9999, 0, 1);
/** True for ms since 1970 that both stores can hold: the years 1970 to 9998. */
export const isKeepableTime = (ms: number): boolean => ms >= FIRST_MS && ms < LAST_MS;

/** An ISO time with its zone. */
export const isoTime = (name: string) =>
  z.iso
    .datetime({ offset: true, error: `${name} must be an ISO time with its zone, e.g. 2026-05-12T14:22:09Z` })
    .refine((text) => isKeepableTime(Date.parse(text)), `${name} must lie between the years 1970 and 9998`);

/** An integer amount of minor units, never negative. */
export const minorUnits = (name: string) =>
  z
    .int(`${name} must be a whole number of minor units (cents), e.g. 9900 for $99.00`)
    .nonnegative(`${name} cannot be negative`);
