import { hmac, NO_SECRET, nearEnough, sameBytes, usable } from '../signature.ts';
import type { SignedRequest, Verification } from '../types.ts';

/**
 * Checks `Paddle-Signature: ts=<seconds>;h1=<hex>[;h1=<hex>]`: HMAC-SHA256 of `ts:body` over the raw bytes. Our own
 * check: Paddle's library (3.10) compares with `===`, reads one h1 only and sets no limit on the future.
 */
export function verifyPaddle(request: SignedRequest, secrets: readonly string[], now: number): Verification {
  const header = request.header('paddle-signature');
  if (!header)
    return {
      ok: false,
      why: 'The header Paddle-Signature is missing. Did Paddle send this, and does a proxy keep its headers?',
    };
  const parts = header.split(';').map((part) => part.trim());
  const ts = parts.find((part) => /^ts=\d{1,12}$/.test(part))?.slice(3);
  const given = parts
    .filter((part) => /^h1=[0-9a-f]{64}$/.test(part))
    .map((part) => Buffer.from(part.slice(3), 'hex'));
  if (ts === undefined || given.length === 0)
    return { ok: false, why: 'The header Paddle-Signature holds no time (ts=…) or no signature (h1=…).' };
  const tried = usable(secrets);
  if (tried.length === 0) return NO_SECRET;
  const fits = tried.some((secret) => {
    const expected = hmac(secret, `${ts}:`, request.raw);
    return given.some((one) => sameBytes(expected, one));
  });
  if (!fits)
    return {
      ok: false,
      why: 'No secret of this endpoint made this signature. Compare it with the secret key of the notification destination (pdl_ntfset_…) at Paddle.',
    };
  return nearEnough(Number(ts) * 1000, now);
}
