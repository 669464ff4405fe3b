import { isUtf8 } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import { AppError } from '#app/platform/errors.ts';

/** Bytes a JSON body may have. */
export const BODY_MAX = 1024 * 1024;
/** A batch of 500 conversions with their metadata. */
export const BATCH_BODY_MAX = 16 * 1024 * 1024;

const tooLarge = (limit: number) =>
  new AppError(
    'TOO_LARGE',
    `The body is larger than ${limit / 1024 / 1024} MB: send less, or several requests.`,
  );

/** Reads a body as text, refusing early by its declared length and late by what really came. */
export const readText = async (request: Request, limit: number): Promise<string> =>
  decoded(await readBytes(request, limit));

/** Reads a body's bytes as they came, refusing early by the declared length and late by what really came. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const declared = request.headers.get('content-length');
  if (declared !== null) {
    if (Number(declared) > limit) throw tooLarge(limit);
    return Buffer.from(await request.arrayBuffer());
  }
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    parts.push(value);
  }
  return Buffer.concat(parts);
}

/** Bytes as text, without a byte order mark. What is not UTF-8 is refused: read loosely, a tracking code would change. */
function decoded(bytes: Buffer): string {
  if (!isUtf8(bytes)) {
    const message = 'The body is not UTF-8: read anyway, its texts would change. Send JSON as UTF-8.';
    throw new AppError('VALIDATION_ERROR', message, { details: [{ path: '', message }] });
  }
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * For routes that read their bodies themselves (sign-in, pages' forms): refuses what is longer than BODY_MAX, and what
 * does not say how long it is. Browsers always say. Throws TOO_LARGE.
 */
export const limitedBody: MiddlewareHandler = async (c, next) => {
  const declared = c.req.header('content-length');
  const endless = declared === undefined && c.req.header('transfer-encoding') !== undefined;
  if (endless || Number(declared ?? 0) > BODY_MAX) throw tooLarge(BODY_MAX);
  await next();
};

/** Parses JSON; throws VALIDATION_ERROR with the parser's place of the fault. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!text.includes('"__proto__"') || !hasProtoKey(text)) return value;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 200) : '';
    const message = text.trim() === '' ? 'The body is empty: send JSON.' : `The body is not JSON: ${why}`;
    throw new AppError('VALIDATION_ERROR', message, { details: [{ path: '', message }], cause });
  }
  const message = 'A field cannot be named __proto__: JavaScript would drop it without a word.';
  throw new AppError('VALIDATION_ERROR', message, { details: [{ path: '__proto__', message }] });
}

function hasProtoKey(text: string): boolean {
  let found = false;
  JSON.parse(text, (key, value: unknown) => {
    found ||= key === '__proto__';
    return value;
  });
  return found;
}

/** Checks a value against a schema; throws VALIDATION_ERROR naming every field at fault. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = issueDetails(parsed.error);
  throw new AppError(
    'VALIDATION_ERROR',
    details
      .map((d) => d.message)
      .join('; ')
      .slice(0, 500),
    { details },
  );
}

/** zod's issues as {path, message}. An unknown field is named. */
export const issueDetails = (error: z.ZodError): { path: string; message: string }[] =>
  error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return { path: issue.keys.join(', '), message: `unknown field ${issue.keys.join(', ')}` };
    return { path, message: issue.message };
  });
