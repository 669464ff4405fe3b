import type { z } from 'zod';
import type { Answer, Call, Effect, Lead } from './types.ts';

/** The guide names Next.js's default cap on request bodies: 1 MB. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** A success in the guide's envelope. */
export function succeed(status: number, data: unknown, effect: Effect, lead?: Lead): Answer {
  const answer: Answer = { status, body: { success: true, data }, effect };
  if (lead) answer.lead = lead;
  return answer;
}

/** A refusal in the guide's envelope; `details` only for field validation, as the guide says (RG-23). */
export function refuse(status: number, code: string, message: string, details?: unknown[]): Answer {
  const error = details ? { code, message, details } : { code, message };
  return { status, body: { success: false, error }, effect: 'refused' };
}

/** A check of the service layer: 400 without details, the cause in the message (RG-24). */
export function refuseByService(message: string): Answer {
  return refuse(400, 'VALIDATION_ERROR', message);
}

/** Either a checked body or the answer to give instead. */
export type Checked<T> = { ok: true; value: T } | { ok: false; answer: Answer };

/**
 * Checks a request body against its schema. The guide gives no wording for bodies that are too large or
 * not JSON: the first answers as Next.js does (413, plain text), the second like any other bad body.
 */
export function checkBody<T>(call: Call, schema: z.ZodType<T>): Checked<T> {
  if (call.body === null) {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return {
      ok: false,
      answer: { status: 413, body: 'Body exceeded 1mb limit', headers, effect: 'refused' },
    };
  }
  if (call.json === undefined)
    return { ok: false, answer: refuseByService('Request body is not valid JSON') };
  const parsed = schema.safeParse(call.json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    answer: refuse(400, 'VALIDATION_ERROR', 'Request validation failed', parsed.error.issues),
  };
}
