import { maskSecret } from '#app/platform/crypto.server.ts';

/** A signing secret of an endpoint. Times are UTC ISO; `endsAt` null: valid until it is replaced. */
export interface SigningSecret {
  secret: string;
  addedAt: string;
  endsAt: string | null;
}

/** The secrets that count at `now` (ms), newest first. */
export const validSecrets = (all: readonly SigningSecret[], now: number): string[] =>
  all.filter((one) => one.endsAt === null || Date.parse(one.endsAt) > now).map((one) => one.secret);

/**
 * The secrets after a rotation: the new one first; the one before it counts for `overlapMs` more; older ones are
 * dropped, so that at most two are ever valid at once.
 */
export function rotated(
  all: readonly SigningSecret[],
  secret: string,
  now: number,
  overlapMs: number,
): SigningSecret[] {
  const before = all.find((one) => one.endsAt === null || Date.parse(one.endsAt) > now);
  const fresh = { secret, addedAt: new Date(now).toISOString(), endsAt: null };
  if (!before || overlapMs <= 0) return [fresh];
  return [fresh, { ...before, endsAt: new Date(now + overlapMs).toISOString() }];
}

/** Masked, safe to show: the recognisable prefix and the last four characters. */
export const secretHint = (secret: string): string =>
  maskSecret(secret, /^(whsec_|pdl_ntfset_|shpss_)/.exec(secret)?.[0] ?? '');
