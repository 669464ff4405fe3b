/** Waits after an attempt that failed, in ms. After the fifth it is given up and shown. */
const LADDER_MS = [60_000, 300_000, 1_800_000, 7_200_000] as const;

/** So many attempts a run has. */
export const ATTEMPTS_MAX = LADDER_MS.length + 1;

/** Ms to wait after attempt `attempts` (from 1) failed, or null when it was the last. */
export const nextWaitMs = (attempts: number): number | null => LADDER_MS[attempts - 1] ?? null;
