import type { HttpResponse, JsonRecord } from './body.ts';
import { asRecord } from './body.ts';

/** Longest wait that is believed, in ms (30 days): beyond it a date could no longer be worked out. */
export const MAX_RETRY_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

const SECONDS = /^\d{1,15}(?:\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long the network asks us to wait, in ms, or null where it does not say so readably (RG-31). Read from the
 * `Retry-After` header (seconds, or an HTTP date) and from `retry_after` / `retryAfter` (seconds) in the body or
 * its `error` object; the longest wins. An HTTP date is measured against the answer's own `Date` header, so that
 * reading stays pure and a wrong clock on either side does no harm; without a `Date` header it is ignored and the
 * retry ladder alone decides.
 */
export function readRetryAfterMs(headers: HttpResponse['headers'], body: JsonRecord | null): number | null {
  const error = body === null ? null : asRecord(body.error);
  const waits = [
    ...headerWaits(headers),
    ...[body?.retry_after, body?.retryAfter, error?.retry_after, error?.retryAfter].map(secondsToMs),
  ].filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.min(Math.max(...waits), MAX_RETRY_AFTER_MS);
}

function headerWaits(headers: HttpResponse['headers']): (number | null)[] {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return [];
  if (HTTP_DATE.test(value)) return [dateToMs(value, headers.date?.trim())];
  // A repeated header arrives joined by ", ".
  return value.split(',').map((part) => secondsToMs(part.trim()));
}

function dateToMs(value: string, now: string | undefined): number | null {
  if (now === undefined || !HTTP_DATE.test(now)) return null;
  const wait = Date.parse(value) - Date.parse(now);
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function secondsToMs(value: unknown): number | null {
  if (typeof value === 'string') return SECONDS.test(value) ? Math.ceil(Number(value) * 1000) : null;
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value * 1000) : null;
}
