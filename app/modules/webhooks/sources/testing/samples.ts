import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Stripe from 'stripe';
import type { SourceId } from '../../schema.ts';
import { parseBody } from '../parse.ts';
import type { Json } from '../read.ts';
import type { SignedRequest } from '../types.ts';

/** The text of a recorded event: `<source>/fixtures/<name>.json`. */
export const fixtureText = (source: SourceId, name: string): string =>
  readFileSync(new URL(`../${source}/fixtures/${name}.json`, import.meta.url), 'utf8');

type Change = Record<string, unknown>;

/** A recorded event with fields changed by their path ("data.object.amount"); undefined takes a field away. */
export function fixture(source: SourceId, name: string, change: Change = {}): Json {
  const event = parseBody(Buffer.from(fixtureText(source, name))) as Json;
  for (const [path, value] of Object.entries(change)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let here: Json = event;
    for (const one of names) here = here[one] as Json;
    if (value === undefined) delete here[last];
    else here[last] = value;
  }
  return event;
}

/** Headers as each provider signs them: `at` in ms. Stripe's by its own library's test helper. */
export const signers: Record<SourceId, (raw: Buffer, secret: string, at: number) => Record<string, string>> =
  {
    stripe: (raw, secret, at) => ({
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({
        payload: raw.toString('utf8'),
        secret,
        timestamp: Math.floor(at / 1000),
      }),
    }),
    shopify: (raw, secret) => ({
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(raw).digest('base64'),
    }),
    paddle(raw, secret, at) {
      const ts = Math.floor(at / 1000);
      const h1 = createHmac('sha256', secret).update(`${ts}:`).update(raw).digest('hex');
      return { 'paddle-signature': `ts=${ts};h1=${h1}` };
    },
  };

/** Headers that Shopify sends beside its signature. */
export const shopifyHeaders = (topic: string, id: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Shopify-Captain-Hook',
  'x-shopify-topic': topic,
  'x-shopify-shop-domain': 'jsmith.myshopify.com',
  'x-shopify-api-version': '2026-10',
  'x-shopify-webhook-id': id,
  'x-shopify-event-id': `event-${id}`,
  'x-shopify-triggered-at': '2026-11-20T14:00:03.123456789Z',
});

export const requestOf = (raw: Uint8Array, headers: Record<string, string>): SignedRequest => ({
  raw,
  header: (name) => headers[name] ?? null,
});
