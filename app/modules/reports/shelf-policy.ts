/** When a report that was read before is good enough. Times in ms, by the process's own clock. */

/** A report that takes less is simply read again: nobody notices, and nothing is old. */
export const CHEAP_MS = 100;
/** Nobody is told anything older than this without waiting for a new reading. */
export const OLD_MS = 15 * 60_000;
/** Reports that somebody looked at within this time are kept ready. */
const WANTED_MS = 12 * 3_600_000;

/** What is known of a report: how long it took to read, and how long ago that began. */
export interface Known {
  tookMs: number;
  ageMs: number;
}

/**
 * What somebody is told who asks: what is known (`keep`), what is known while it is read anew behind it (`renew`), or
 * what a new reading says (`read`). A dear report stays good for fifty times as long as it took, at most a minute.
 */
export function answerBy({ tookMs, ageMs }: Known): 'keep' | 'renew' | 'read' {
  if (ageMs < Math.min(60_000, tookMs * 50)) return 'keep';
  return tookMs < CHEAP_MS || ageMs >= OLD_MS ? 'read' : 'renew';
}

/**
 * Whether a report is read anew though nobody asks just now, so that whoever comes back finds it ready: only dear
 * ones that were wanted lately, every two to ten minutes, a three-hundredth of the time each.
 */
export function isDue({ tookMs, ageMs, askedMsAgo }: Known & { askedMsAgo: number }): boolean {
  if (tookMs < CHEAP_MS || askedMsAgo > WANTED_MS) return false;
  return ageMs >= Math.min(600_000, Math.max(120_000, tookMs * 300));
}
