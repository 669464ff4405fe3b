import type { Context, Hono } from 'hono';
import { z } from 'zod';
import {
  findEndpoint,
  processEvent,
  type Received,
  receiveEvent,
} from '#app/modules/webhooks/index.server.ts';
import { BODY_MAX, EVENT_STATES, type EventState } from '#app/modules/webhooks/schema.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { createThrottle, type Throttle } from '#app/platform/throttle.ts';
import { readBytes } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

/** The door of payment providers, as the OpenAPI document tells it. */
export const webhooksOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/webhooks/{source}/{endpoint}',
    scope: null,
    summary:
      'Where a payment provider (source: stripe, shopify, paddle) sends its events, signed as it signs them: Stripe-Signature, X-Shopify-Hmac-Sha256 or Paddle-Signature. Not for your own calls.',
    // the provider's own event, at most 1 MB; what it says is read by the endpoint's mapping
    body: z.looseObject({}),
    answers: {
      200: {
        description:
          'The event is stored, so it need not be sent again; state says what has become of it so far. A repeat of the same event changes nothing.',
        data: z.object({ id: z.string(), state: z.enum(EVENT_STATES) }),
      },
      400: { description: 'VALIDATION_ERROR: the signature does not fit, or its time is too far from ours.' },
      404: { description: 'NOT_FOUND: no such endpoint, or it is switched off.' },
    },
  },
];

/** POST /webhooks/:source/:endpoint, where payment providers send (CONTRACT.md). */
export function mountWebhooks(app: Hono<AppEnv>, runtime: Runtime): void {
  // each refused delivery kept is a write: more than these in a minute are only counted by the log
  const refused = createThrottle({ clock: runtime.ctx.clock, max: 60, windowMs: 60_000 });
  app.post(
    '/webhooks/:source/:endpoint',
    endpoint(runtime, (r, c) => postWebhook(r, c, refused)),
  );
  app.all('/webhooks/*', endpoint(runtime, nothingHere));
}

function nothingHere(): never {
  throw new AppError(
    'NOT_FOUND',
    'There is no webhook endpoint here: providers send POST requests to /webhooks/<source>/<name>. See Settings › Webhooks.',
  );
}

/**
 * A 2xx is sent only once the event is durable; then the provider need not send it again, whatever becomes of it
 * here. Its processing follows at once; what is cut off is taken up by the clockwork.
 */
async function postWebhook(runtime: Runtime, c: Context<AppEnv>, refused: Throttle): Promise<Response> {
  const raw = await readBytes(c.req.raw, BODY_MAX);
  const { ctx } = runtime;
  const row = await findEndpoint(ctx.store, c.req.param('source') ?? '', c.req.param('endpoint') ?? '');
  if (!row?.enabled) nothingHere();
  const received = await receiveEvent(
    ctx,
    row,
    { raw, header: (name) => c.req.header(name) ?? null },
    { mayKeepRefused: (id) => refused.take(id) === 0 },
  );
  if (received.kind === 'refused') throw new AppError('VALIDATION_ERROR', received.why);
  return c.json({ success: true, data: { id: received.id, state: await stateAfter(runtime, received) } });
}

async function stateAfter(
  runtime: Runtime,
  received: Exclude<Received, { kind: 'refused' }>,
): Promise<EventState> {
  if (received.kind === 'unreadable') return 'failed';
  if (received.kind === 'repeat') return received.state;
  const { ctx, intake, wiring } = runtime;
  try {
    return (await processEvent(ctx, { intake, disputes: wiring.disputes }, received.id)).state;
  } catch (error) {
    ctx.log.error(
      { event: received.id, fault: describeStoreFault(error) },
      'a webhook event is stored but could not be processed; it is taken up again',
    );
    return 'waiting';
  }
}
