import type { CurrencySum } from './schema.ts';

/** Silence shorter than this is never an alarm, in ms. */
export const QUIET_AFTER_MS = 3_600_000;
/** Looks back at windows of at most a day, in ms. */
export const QUIET_WINDOW_MS = 86_400_000;
/** Fewer conversions than this in the usual window could be missing by chance. */
const USUAL_MIN = 5;

/**
 * Whether conversions stay out that should have come: none since `silenceMs`, while in the same hours of the days
 * before (`sameHours`, one number a day) there usually were some. Answers the usual number (the median), or null when
 * all is well: too short a silence, too little traffic, or an hour in which nobody buys.
 */
export function quietness(silenceMs: number, sameHours: readonly number[]): number | null {
  if (silenceMs < QUIET_AFTER_MS || sameHours.length === 0) return null;
  const sorted = [...sameHours].sort((a, b) => a - b);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return usual >= USUAL_MIN ? usual : null;
}

/** Adds up money by currency, largest number of entries first; currencies are never mixed. */
export function addUp(entries: Iterable<{ currency: string; minor: number; count: number }>): CurrencySum[] {
  const sums = new Map<string, CurrencySum>();
  for (const { currency, minor, count } of entries) {
    const sum = sums.get(currency) ?? { currency, minor: 0, count: 0 };
    sums.set(currency, { currency, minor: sum.minor + minor, count: sum.count + count });
  }
  return [...sums.values()].sort(
    (a, b) => b.count - a.count || b.minor - a.minor || (a.currency < b.currency ? -1 : 1),
  );
}
