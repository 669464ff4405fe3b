import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';

/**
 * Answers JSON, for the calls that come by the thousand. Under node-server it is written to the socket at once: a
 * `Response` would be read back from a stream, at a fifth of the request's whole cost. Where there is no socket
 * (`app.request` in tests) it is a `Response`. Not for routes behind middleware that sets headers or compresses.
 */
export function answerJson(c: Context, body: unknown, status: number): Response {
  const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>;
  if (!outgoing) return Response.json(body, { status });
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  outgoing.end(text);
  return RESPONSE_ALREADY_SENT;
}
