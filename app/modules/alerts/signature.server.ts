import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'leadline-signature';
export const DELIVERY_HEADER = 'leadline-delivery';

/**
 * The value of `Leadline-Signature`: `t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "t.body">`. A receiver computes it
 * anew over the raw body, compares in constant time, and refuses a time that is too long ago.
 */
export function signatureOf(secret: string, atMs: number, body: string): string {
  const t = Math.floor(atMs / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}
