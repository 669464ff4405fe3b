import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import type { SourceId } from './types.ts';

/**
 * The signature headers of a body, as the provider makes them; `at` is the time that is signed, in ms. Stripe's come
 * from its own library, so that a mistake in Leadline's reading of the scheme cannot repeat itself here.
 */
export function signatureOf(
  source: SourceId,
  body: string,
  secret: string,
  at: number,
): Record<string, string> {
  const seconds = Math.floor(at / 1000);
  if (source === 'stripe')
    return {
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({
        payload: body,
        secret,
        timestamp: seconds,
      }),
    };
  if (source === 'paddle') {
    const h1 = createHmac('sha256', secret).update(`${seconds}:${body}`).digest('hex');
    return { 'paddle-signature': `ts=${seconds};h1=${h1}` };
  }
  return { 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64') };
}
