import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { NO_SECRET, nearEnough, usable } from '../signature.ts';
import type { SignedRequest, Verification } from '../types.ts';

/**
 * Checks `Stripe-Signature` with Stripe's own library (23.1), on the raw bytes. What the library leaves open is closed
 * here: it sets no limit on the future; of two times in a header it signs the last, so a header with more than one is
 * refused; it decodes the body as UTF-8 before it signs, loosely; and it throws for signatures that are no hex.
 */
export function verifyStripe(request: SignedRequest, secrets: readonly string[], now: number): Verification {
  const given = request.header('stripe-signature');
  if (!given)
    return {
      ok: false,
      why: 'The header Stripe-Signature is missing. Did Stripe send this, and does a proxy keep its headers?',
    };
  const header = cleanHeader(given);
  if (!header)
    return {
      ok: false,
      why: 'The header Stripe-Signature does not hold one time (t=…) and a signature (v1=…), as Stripe writes it.',
    };
  const tried = usable(secrets);
  if (tried.length === 0) return NO_SECRET;
  // one character for each byte, so that the library signs what came and not what it decodes to
  const bytes = Buffer.from(request.raw).toString('latin1');
  if (!tried.some((secret) => signs(bytes, header.text, secret)))
    return {
      ok: false,
      why: 'No secret of this endpoint made this signature. Compare it with the signing secret (whsec_…) that Stripe shows for this address.',
    };
  return nearEnough(header.signedAt, now);
}

/** The header reduced to its one time (ms) and the signatures of the scheme v1; null where it is not of that form. */
function cleanHeader(given: string): { text: string; signedAt: number } | null {
  const parts = given.split(',').map((part) => part.trim());
  const times = parts.filter((part) => part.startsWith('t='));
  const signatures = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part));
  const [time = ''] = times;
  if (times.length !== 1 || !/^t=\d{1,12}$/.test(time) || signatures.length === 0) return null;
  return { text: [time, ...signatures].join(','), signedAt: Number(time.slice(2)) * 1000 };
}

/** Signs a text of one character for each byte as those bytes. */
class ByteHmac extends Stripe.CryptoProvider {
  override computeHMACSignature(payload: string, secret: string): string {
    return createHmac('sha256', secret).update(payload, 'latin1').digest('hex');
  }
}
const byteHmac = new ByteHmac();

/** The library throws for what does not fit; a tolerance of 0 leaves the time to us. */
function signs(bytes: string, header: string, secret: string): boolean {
  const { signature } = Stripe.webhooks;
  if (!signature) throw new Error('The stripe library came without its signature check');
  try {
    return signature.verifyHeader(bytes, header, secret, 0, byteHmac);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}
