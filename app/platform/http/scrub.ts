import type { HttpResult, RequestSpec } from './types.ts';

const MASK = '••••••••';
/** A shorter value is no secret worth the name, and would be found everywhere. */
const SHORTEST = 8;

/** Credentials that a request carries: the values of its secret headers without their scheme, and its secret fields. */
function secretsOf(spec: RequestSpec): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(spec.headers)) {
    if (spec.secretHeaders.includes(name.toLowerCase())) found.push(value.replace(/^(Bearer|Basic) /i, ''));
  }
  if (spec.secretBodyFields?.length && spec.body !== null) {
    const body = JSON.parse(spec.body) as Record<string, unknown>;
    for (const field of spec.secretBodyFields) if (typeof body[field] === 'string') found.push(body[field]);
  }
  return found.filter((secret) => secret.length >= SHORTEST);
}

/**
 * A result without the credentials that went out with its request. Some networks and proxies repeat the key in an
 * error or in a header; from there it would come into rows, pages and exports. The rest stays byte for byte.
 */
export function scrub(spec: RequestSpec, result: HttpResult): HttpResult {
  let clean = result;
  for (const secret of secretsOf(spec)) clean = without(secret, clean);
  return clean;
}

function without(secret: string, result: HttpResult): HttpResult {
  if (result.kind === 'failure') {
    return result.message.includes(secret)
      ? { ...result, message: result.message.replaceAll(secret, MASK) }
      : result;
  }
  const inHeaders = Object.values(result.headers).some((value) => value.includes(secret));
  const bytes = Buffer.from(result.body.buffer, result.body.byteOffset, result.body.byteLength);
  const inBody = bytes.includes(secret);
  if (!inHeaders && !inBody) return result;
  const headers = Object.fromEntries(
    Object.entries(result.headers).map(([name, value]) => [name, value.replaceAll(secret, MASK)]),
  );
  // latin1 keeps every byte, also of what is not UTF-8
  const mask = Buffer.from(MASK).toString('latin1');
  const body = inBody
    ? Buffer.from(bytes.toString('latin1').replaceAll(Buffer.from(secret).toString('latin1'), mask), 'latin1')
    : result.body;
  return { ...result, headers, body };
}
