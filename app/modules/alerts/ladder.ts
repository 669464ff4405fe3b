/** Waits after a failed delivery, in ms. After the fifth attempt it is given up and shown. */
const LADDER_MS = [5_000, 30_000, 300_000, 3_600_000] as const;
/** A receiver may ask for a longer wait (Retry-After), up to this. */
const LONGEST_MS = 3_600_000;

/** Ms to wait after attempt `attempts` (from 1) failed, or null when it was the last. */
export function nextWaitMs(attempts: number, askedMs: number | null): number | null {
  const step = LADDER_MS[attempts - 1];
  if (step === undefined) return null;
  return Math.max(step, Math.min(askedMs ?? 0, LONGEST_MS));
}

/** Retry-After in seconds or as a date, as ms from `now`; null where there is none or it cannot be read. */
export function askedWaitMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
