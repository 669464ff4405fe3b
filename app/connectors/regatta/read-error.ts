import { keepable } from '#app/platform/text-rules.ts';
import type { BodyReading, HttpResponse, JsonRecord } from '../shared/body.ts';
import { asRecord, bodyRecord, readJsonBody, textField } from '../shared/body.ts';
import { readRetryAfterMs } from '../shared/retry-after.ts';
import { reading } from '../shared/transport.ts';
import type { Reading } from '../types.ts';

type ErrorFields = Pick<Reading, 'errorCode' | 'errorMessage' | 'errorDetails'>;

const MAX_CODE_LENGTH = 100;
const MAX_MESSAGE_LENGTH = 2000;
const MAX_DETAILS = 100;

/** True for what passes by itself (RG-30, RG-31): 5xx, 429, and the transport's own 408 and 425. */
export function isTransient(status: number): boolean {
  return (status >= 500 && status <= 599) || status === 429 || status === 408 || status === 425;
}

/**
 * Reads any answer that is not a success of the call it answers (guide, "Error responses"). 3xx is an error and is
 * never followed; 4xx is refused; 5xx, 429, 408 and 425 are retried; a status the guide gives no meaning to is
 * kept for a person.
 */
export function readUnsuccessful(response: HttpResponse): Reading {
  const { status, headers } = response;
  if (status >= 300 && status <= 399) {
    const target = headers.location === undefined ? '' : ` and pointed to ${clip(headers.location, 300)}`;
    return reading('rejected', 'REDIRECT', `Regatta answered ${status}${target}. It was not followed.`);
  }
  if (!(status >= 400 && status <= 599)) {
    const words = `Regatta answered ${status}, which the guide gives no meaning to for this call.`;
    return reading('rejected', 'UNEXPECTED_STATUS', words);
  }
  const body = readJsonBody(response);
  const fields = errorFields(response, body);
  if (!isTransient(status)) return { outcome: 'rejected', ...fields, retryAfterMs: null };
  return { outcome: 'retryable', ...fields, retryAfterMs: readRetryAfterMs(headers, bodyRecord(body)) };
}

/** The code and words of an `error` object, for a message, or null where the body carries none. */
export function networkWords(body: BodyReading): string | null {
  const error = asRecord(bodyRecord(body)?.error);
  if (error === null) return null;
  const parts = [textField(error, 'code'), textField(error, 'message')].filter((part) => part !== null);
  return parts.length === 0 ? null : clip(parts.join(': '), MAX_MESSAGE_LENGTH);
}

function errorFields(response: HttpResponse, body: BodyReading): ErrorFields {
  const record = bodyRecord(body);
  const error = asRecord(record?.error);
  const code = error === null ? null : textField(error, 'code');
  if (error !== null && code !== null && code.length <= MAX_CODE_LENGTH) {
    return { errorCode: code, errorMessage: message(error), errorDetails: details(error.details) };
  }
  const words = error === null ? looseWords(record) : message(error);
  const ours = ourCode(response, body);
  return { ...ours, errorMessage: words ?? ours.errorMessage, errorDetails: details(error?.details) };
}

function ourCode(response: HttpResponse, body: BodyReading): ErrorFields & { errorCode: string } {
  const { status, headers } = response;
  const told = (errorCode: string, words: string) => ({
    errorCode,
    errorMessage: `Regatta answered ${status} ${words}.`,
    errorDetails: [],
  });
  if (status === 429) return told('RATE_LIMITED', 'and asks to slow down');
  if (body.kind === 'json') return told('UNEXPECTED_BODY', 'with JSON that carries no error code');
  if (body.kind === 'truncated') return told('RESPONSE_TOO_LARGE', 'with more than is read of an answer');
  if (body.kind === 'empty') return told('NOT_JSON', 'with an empty body');
  const type = headers['content-type'];
  return told(
    'NOT_JSON',
    type === undefined ? 'with a body that is not JSON' : `with ${clip(type, 100)} that is not JSON`,
  );
}

/** Words outside the guide's shape (`{"message": …}`, `{"error": "…"}`): shown, but never read as a code. */
function looseWords(record: JsonRecord | null): string | null {
  if (record === null) return null;
  const words = textField(record, 'message') ?? textField(record, 'error');
  return words === null ? null : clip(words, MAX_MESSAGE_LENGTH);
}

function message(error: JsonRecord): string | null {
  const words = textField(error, 'message');
  return words === null ? null : clip(words, MAX_MESSAGE_LENGTH);
}

/** Zod issues: `path` is an array of keys and indexes, or text (RG-23). Entries that say nothing are left out. */
function details(value: unknown): Reading['errorDetails'] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_DETAILS).flatMap((entry) => {
    if (typeof entry === 'string') return [{ path: '', message: clip(entry, MAX_MESSAGE_LENGTH) }];
    const issue = asRecord(entry);
    if (issue === null) return [];
    const path = pathText(issue.path);
    const words = message(issue) ?? '';
    return path === '' && words === '' ? [] : [{ path, message: words }];
  });
}

function pathText(path: unknown): string {
  const parts = Array.isArray(path) ? path : [path];
  const known = parts.filter((part) => typeof part === 'string' || typeof part === 'number');
  return clip(known.join('.'), 300);
}

function clip(text: string, length: number): string {
  return text.length <= length ? keepable(text) : `${keepable(text.slice(0, length))}…`;
}
