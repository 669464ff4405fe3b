import { isUtf8 } from 'node:buffer';
import { messageOf } from '#app/platform/errors.ts';
import { EventFault } from './types.ts';

const ASK =
  'Nothing was done. Look who else sends with the secret of this address; the provider writes JSON.';

/**
 * The event as JSON, from the bytes as they came. Bytes that are no UTF-8 are not read loosely: a tracking code would
 * change. Throws EventFault.
 */
export function parseBody(raw: Uint8Array): unknown {
  if (!isUtf8(raw)) throw new EventFault('body', `is not UTF-8: read anyway, its texts would change. ${ASK}`);
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
  } catch (cause) {
    throw new EventFault('body', `is not JSON: ${messageOf(cause)}. ${ASK}`);
  }
}

/** An id may be a number larger than JavaScript holds exactly (Shopify's samples are): it is kept as its digits. */
function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
}
