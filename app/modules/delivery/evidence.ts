import { isUtf8 } from 'node:buffer';
import type { HttpResult, RequestSpec } from '#app/platform/http/types.ts';

/** Headers as they are kept: what carries a credential shows only its kind, its prefix and its last four characters. */
function maskHeaders(spec: RequestSpec): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(spec.headers)) {
    out[name] = spec.secretHeaders.includes(name.toLowerCase()) ? maskValue(value) : value;
  }
  return out;
}

/** `Bearer rgt_live_abc…4c1e` → `Bearer rgt_live_••••••••4c1e`. Short values are hidden whole. */
export function maskValue(value: string): string {
  const [, scheme = '', secret = ''] = /^(Bearer |Basic )?(.*)$/s.exec(value) ?? [];
  const prefix = /^[a-z]{2,6}_(?:live_|test_)?/i.exec(secret)?.[0] ?? '';
  const rest = secret.slice(prefix.length);
  return `${scheme}${prefix}••••••••${rest.length >= 12 ? rest.slice(-4) : ''}`;
}

/** A request as it is kept: credentials masked in headers and, for networks that want them there, in the JSON body. */
export function keepRequest(spec: RequestSpec): {
  requestMethod: string;
  requestUrl: string;
  requestHeaders: string;
  requestBody: string | null;
} {
  return {
    requestMethod: spec.method,
    requestUrl: spec.url,
    requestHeaders: JSON.stringify(maskHeaders(spec)),
    requestBody: spec.secretBodyFields?.length ? maskBodyFields(spec.body, spec.secretBodyFields) : spec.body,
  };
}

function maskBodyFields(body: string | null, fields: readonly string[]): string | null {
  if (body === null) return null;
  const parsed = JSON.parse(body) as Record<string, unknown>;
  for (const field of fields) if (typeof parsed[field] === 'string') parsed[field] = maskValue(parsed[field]);
  return JSON.stringify(parsed);
}

export interface KeptBody {
  responseBody: string | null;
  bodyEncoding: 'utf8' | 'base64' | null;
}

/** Keeps a body exactly: as text where it is UTF-8 without NUL, else as base64. A cut inside a character is closed up. */
export function keepBody(result: HttpResult): KeptBody {
  if (result.kind === 'failure') return { responseBody: null, bodyEncoding: null };
  const bytes = result.truncated ? atCharacterEnd(result.body) : result.body;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!buffer.includes(0) && isUtf8(buffer))
    return { responseBody: buffer.toString('utf8'), bodyEncoding: 'utf8' };
  return { responseBody: buffer.toString('base64'), bodyEncoding: 'base64' };
}

function atCharacterEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  // at most three bytes of an unfinished character stand at the end
  for (let back = 1; back <= 3 && end - back >= 0; back++) {
    const byte = bytes[end - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (length > back) end -= back;
    break;
  }
  return bytes.subarray(0, end);
}
