import { z } from 'zod';

/**
 * A text kept byte for byte. NUL and lone surrogates are the only things that cannot be: no store and no JSON
 * answer would give them back unchanged.
 */
export const exactText = (name: string, max: number, min = 1) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? `${name} is required` : `${name} must be a string`) })
    .min(min, `${name} is empty`)
    .max(max, `${name} is longer than ${max} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), `${name} contains a character that cannot be kept unchanged (NUL or half a surrogate pair)`);

/** An ISO time with its zone. */
export const isoTime = (name: string) =>
  z.iso.datetime({ offset: true, error: `${name} must be an ISO time with its zone, e.g. 2026-05-12T14:22:09Z` });

/** An integer amount of minor units, never negative. */
export const minorUnits = (name: string) =>
  z.int(`${name} must be a whole number of minor units (cents), e.g. 9900 for $99.00`).nonnegative(`${name} cannot be negative`);
