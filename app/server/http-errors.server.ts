import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import type { Log } from '#app/platform/log.server.ts';

/** The one translation of errors to the API's answers. Unknown errors show an id to quote, never their text. */
export function errorResponse(error: unknown, log: Log, requestId: string): Response {
  const known = toAppError(error);
  if (known.code === 'INTERNAL_ERROR')
    log.error(
      { requestId, error: messageOf(error), stack: error instanceof Error ? error.stack : undefined },
      'a request failed',
    );
  else if (known.code === 'UNAVAILABLE')
    log.error({ requestId, error: known.message }, 'a request was refused');
  const body = {
    success: false,
    error: {
      code: known.code,
      message:
        known.code === 'INTERNAL_ERROR'
          ? `Something failed inside Leadline. Nothing was acknowledged; the request can be repeated. Quote ${requestId} to your operator.`
          : known.message,
      ...(known.details ? { details: known.details } : {}),
    },
  };
  const headers: Record<string, string> = { 'x-request-id': requestId };
  // both tell the caller to come back, so both say when
  const wait = known.retryAfterSeconds ?? (known.status === 503 || known.status === 429 ? 5 : null);
  if (wait) headers['retry-after'] = String(wait);
  return Response.json(body, { status: known.status, headers });
}

/** Makes a coded error of anything thrown. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isStoreFault(error)) {
    return new AppError(
      'UNAVAILABLE',
      `Nothing was stored: ${describeStoreFault(error)}. Repeat the request; it is safe.`,
      { retryAfterSeconds: 5, cause: error },
    );
  }
  return new AppError('INTERNAL_ERROR', messageOf(error), { cause: error });
}
