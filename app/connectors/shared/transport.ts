import type { HttpResult, Outcome, Reading, TransportFailure } from '../types.ts';

/** What every failed transport is called, whether a repeat may succeed by itself, and what it means in words. */
const FAILURES: Record<TransportFailure, { code: string; outcome: Outcome; words: string }> = {
  timeout: { code: 'TIMEOUT', outcome: 'retryable', words: 'No answer came within the time limit.' },
  dns: { code: 'DNS', outcome: 'retryable', words: "The network's host name could not be resolved." },
  refused: { code: 'REFUSED', outcome: 'retryable', words: 'The network refused the connection.' },
  reset: { code: 'RESET', outcome: 'retryable', words: 'The connection broke before an answer came.' },
  tls: { code: 'TLS', outcome: 'retryable', words: 'No trusted encrypted connection could be made.' },
  incomplete_response: {
    code: 'INCOMPLETE_RESPONSE',
    outcome: 'retryable',
    words: 'The answer broke off before its end.',
  },
  other: { code: 'NETWORK', outcome: 'retryable', words: 'The request failed on the way.' },
  blocked_address: {
    code: 'BLOCKED_ADDRESS',
    outcome: 'rejected',
    words: 'The address is private or not allowed, so nothing was sent.',
  },
};

/**
 * Reads a request that brought no complete answer (RG-30). Everything but a blocked address may pass by itself and
 * is retried; a connector for which a repeat is not safe decides by `maySent` before it calls this.
 */
export function readTransportFailure(result: Extract<HttpResult, { kind: 'failure' }>): Reading {
  const { code, outcome, words } = FAILURES[result.failure];
  const message = result.message.trim();
  return reading(outcome, code, message === '' ? words : `${words} (${message})`);
}

/** A reading that carries a problem and nothing else. */
export function reading(outcome: Outcome, errorCode: string, errorMessage: string | null): Reading {
  return { outcome, errorCode, errorMessage, errorDetails: [], retryAfterMs: null };
}

/** A reading without any problem. */
export function cleanReading(outcome: Outcome): Reading {
  return { outcome, errorCode: null, errorMessage: null, errorDetails: [], retryAfterMs: null };
}
