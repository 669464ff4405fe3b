/** Silence shorter than this is never told, in ms. */
export const SILENCE_SHORTEST_MS = 15 * 60_000;
/** Weeks looked back, and how many of them there must be. */
export const SILENCE_WEEKS = 8;
export const SILENCE_WEEKS_MIN = 4;
/** Fewer conversions than this in the usual window could be missing by chance: of 7 expected, none comes once in 1,100 times. */
const USUAL_MIN = 7;

export type SilenceVerdict =
  | { kind: 'too_little_history'; weeks: number }
  | { kind: 'usual' }
  /** `usual`: conversions that come in that time in the weeks before (median). */
  | { kind: 'unusual'; usual: number; weeks: number };

/**
 * Whether a silence of `silenceMs` is unusual for its hour and weekday. `windows` counts the conversions of the same
 * stretch of time one, two, … weeks before; weeks before the first conversion are left out. Unusual: in most of those
 * weeks there were at least 7, and hardly ever none. A night, a quiet weekday or a small shop is never unusual.
 */
export function judgeSilence(silenceMs: number, windows: readonly number[]): SilenceVerdict {
  if (silenceMs < SILENCE_SHORTEST_MS) return { kind: 'usual' };
  const weeks = windows.length;
  if (weeks < SILENCE_WEEKS_MIN) return { kind: 'too_little_history', weeks };
  const sorted = [...windows].sort((a, b) => a - b);
  const usual = sorted[Math.floor((weeks - 1) / 2)] ?? 0;
  const empty = windows.filter((count) => count === 0).length;
  return usual >= USUAL_MIN && empty <= 1 ? { kind: 'unusual', usual, weeks } : { kind: 'usual' };
}
