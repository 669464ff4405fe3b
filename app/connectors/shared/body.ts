import { isKeepableTime, keepable } from '#app/platform/text-rules.ts';
import type { HttpResult } from '../types.ts';

/** A complete answer. */
export type HttpResponse = Extract<HttpResult, { kind: 'response' }>;

/** An object as JSON gave it: every value is still unknown. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** What an answer's body turned out to be. `truncated`: longer than what is kept, so it does not parse. */
export type BodyReading =
  | { kind: 'json'; value: unknown }
  | { kind: 'empty' }
  | { kind: 'truncated' }
  | { kind: 'not_json' };

/** Reads a body as JSON (UTF-8, a byte order mark is skipped), whatever its content type says. Never throws. */
export function readJsonBody(response: Pick<HttpResponse, 'body' | 'truncated'>): BodyReading {
  const text = new TextDecoder().decode(response.body);
  if (text.trim() === '' && !response.truncated) return { kind: 'empty' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    // Not an error of ours: the caller names it by status, and the raw body is kept beside the attempt.
    return { kind: response.truncated ? 'truncated' : 'not_json' };
  }
}

/** The object a body holds, or null where it is anything else. */
export function bodyRecord(body: BodyReading): JsonRecord | null {
  return body.kind === 'json' ? asRecord(body.value) : null;
}

/** A JSON object, or null for arrays, null and primitives. */
export function asRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

/**
 * A non-empty string exactly as sent, or null. Numbers are not turned into text: a wrong type is not guessed. NUL and
 * half surrogate pairs, which no store gives back unchanged, become U+FFFD: the body beside the attempt keeps them.
 */
export function textField(record: JsonRecord, name: string): string | null {
  const value = record[name];
  return typeof value === 'string' && value !== '' ? keepable(value) : null;
}

/** A non-negative safe integer (money in minor units, days), or null for `"1000"`, 10.5, -1 and the like. */
export function wholeNumberField(record: JsonRecord, name: string): number | null {
  const value = record[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A finite non-negative number such as a percentage, or null. */
export function numberField(record: JsonRecord, name: string): number | null {
  const value = record[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * An instant as UTC ISO text, or null. A time without a zone is null: which zone it meant would be a guess; so is one
 * of a year that not every store can hold.
 */
export function instantField(record: JsonRecord, name: string): string | null {
  const value = record[name];
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const time = Date.parse(value);
  return isKeepableTime(time) ? new Date(time).toISOString() : null;
}
