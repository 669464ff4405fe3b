import type { HttpResult, TransportFailure } from '../../types.ts';

/** Every reason for which no complete answer may come back. */
export const TRANSPORT_FAILURES: readonly TransportFailure[] = [
  'timeout',
  'dns',
  'refused',
  'reset',
  'tls',
  'blocked_address',
  'incomplete_response',
  'other',
];

/** An answer for a test. `body`: bytes or text go as they are, anything else as JSON. */
export function answer(
  status: number,
  body: unknown = '',
  options: { headers?: Record<string, string>; truncated?: boolean } = {},
): Extract<HttpResult, { kind: 'response' }> {
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(asText(body));
  return {
    kind: 'response',
    status,
    headers: { 'content-type': 'application/json', ...options.headers },
    body: bytes,
    bodyBytes: bytes.length,
    truncated: options.truncated ?? false,
    durationMs: 12,
  };
}

/** A request that brought no complete answer, for a test. */
export function failure(reason: TransportFailure, message = ''): Extract<HttpResult, { kind: 'failure' }> {
  return { kind: 'failure', failure: reason, message, maySent: reason !== 'blocked_address', durationMs: 12 };
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
