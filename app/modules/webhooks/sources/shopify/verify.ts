import { hmac, NO_SECRET, sameBytes, usable } from '../signature.ts';
import type { SignedRequest, Verification } from '../types.ts';

/**
 * Checks `X-Shopify-Hmac-Sha256`: base64 of HMAC-SHA256 over the raw bytes. It signs no time, so a replay is caught
 * by the event's id alone.
 */
export function verifyShopify(request: SignedRequest, secrets: readonly string[]): Verification {
  const header = request.header('x-shopify-hmac-sha256');
  if (!header)
    return {
      ok: false,
      why: 'The header X-Shopify-Hmac-Sha256 is missing. Did Shopify send this, and does a proxy keep its headers?',
    };
  const tried = usable(secrets);
  if (tried.length === 0) return NO_SECRET;
  const given = Buffer.from(header, 'base64');
  const fits = tried.some((secret) => sameBytes(hmac(secret, request.raw), given));
  return fits
    ? { ok: true }
    : {
        ok: false,
        why: "No secret of this endpoint made this signature. Compare it with the app's client secret, or the secret shown under Notifications › Webhooks.",
      };
}
