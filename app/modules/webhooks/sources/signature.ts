import { createHmac, timingSafeEqual } from 'node:crypto';
import { TOLERANCE_MS } from '../schema.ts';
import type { Verification } from './types.ts';

/** HMAC-SHA256 of bytes, as bytes. */
export function hmac(secret: string, ...parts: (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** Compares in constant time; texts of another length are never equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Secrets that can sign at all: an empty one would let anybody in. */
export const usable = (secrets: readonly string[]): string[] =>
  secrets.filter((secret) => secret.trim() !== '');

export const NO_SECRET: Verification = {
  ok: false,
  why: 'This endpoint has no signing secret, so nothing can be believed. Enter the secret the provider shows.',
};

/** Whether a signed time (ms) is near enough to ours: too old may be a replay, too new a forged or wrong clock. */
export function nearEnough(signedAt: number, now: number): Verification {
  const minutes = Math.ceil(Math.abs(now - signedAt) / 60_000);
  if (signedAt < now - TOLERANCE_MS)
    return {
      ok: false,
      why: `It was signed ${minutes} minutes ago; at most 5 are allowed. A replay, or a clock that is slow.`,
    };
  if (signedAt > now + TOLERANCE_MS)
    return {
      ok: false,
      why: `It was signed ${minutes} minutes in the future; at most 5 are allowed. Check the clock of this machine.`,
    };
  return { ok: true };
}
