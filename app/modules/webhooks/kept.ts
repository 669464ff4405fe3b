import { isUtf8 } from 'node:buffer';
import { keepable } from '#app/platform/text-rules.ts';
import type { SignedRequest } from './sources/types.ts';

/** Headers worth keeping; signatures and cookies are not among them. */
const KEPT_HEADERS = [
  'content-type',
  'user-agent',
  'x-shopify-topic',
  'x-shopify-shop-domain',
  'x-shopify-api-version',
  'x-shopify-webhook-id',
  'x-shopify-event-id',
  'x-shopify-triggered-at',
  'x-shopify-test',
];

/**
 * The body as it can be kept and shown, at most `limit` bytes of it: text where it is text, else base64. PostgreSQL
 * keeps no NUL in a text.
 */
export function keptBody(raw: Uint8Array, limit: number) {
  const bytes = Buffer.from(raw.subarray(0, limit));
  const whole = isUtf8(bytes) && !bytes.includes(0);
  return {
    body: bytes.toString(whole ? 'utf8' : 'base64'),
    bodyEncoding: whole ? 'utf8' : 'base64',
    bodyBytes: raw.length,
  };
}

/** JSON text of the headers that are kept, as a list of name and value. */
export const keptHeaders = (request: Pick<SignedRequest, 'header'>): string =>
  JSON.stringify(
    KEPT_HEADERS.flatMap((name) => {
      const value = request.header(name);
      return value === null ? [] : [[name, keepable(value.slice(0, 500))]];
    }),
  );
