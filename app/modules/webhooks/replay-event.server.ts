import { recordAudit } from '#app/modules/audit/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type EventRow, headColumns, needEndpoint } from './endpoint-rows.server.ts';
import { rawOf } from './interpret-event.ts';
import { processEvent, type WebhookDeps } from './process-event.server.ts';
import { failed, type Processed } from './processed.ts';
import { readHead } from './receive-event.server.ts';

/**
 * Processes an event once more, as it stands: after the mapping was changed, or what was missing came. Safe to
 * repeat: conversions are idempotent by externalId, refunds by refundId. Throws NOT_FOUND, and CONFLICT for an event
 * whose signature was refused (nobody knows who sent it) or whose body was cleared by its age.
 */
export async function replayEvent(
  ctx: Ctx,
  deps: WebhookDeps,
  input: { id: string; actor: Actor },
): Promise<Processed> {
  const event = await ctx.store.prisma.webhookEvent.findUnique({ where: { id: input.id } });
  if (!event) throw new AppError('NOT_FOUND', `There is no webhook event with the id ${input.id}.`);
  if (event.verdict !== 'verified')
    throw new AppError(
      'CONFLICT',
      'This delivery was refused: its signature does not prove who sent it, so it cannot be replayed. Correct the secret, then send it again from the provider.',
    );
  if (event.bodyRemovedAt !== null) throw bodyGone(event.bodyRemovedAt);
  const unread = event.eventId === null ? await readAnew(ctx, event) : null;
  const processed = unread ?? (await processEvent(ctx, deps, event.id));
  await recordAudit(ctx.store, ctx, {
    actor: input.actor,
    action: 'webhook_event_replayed',
    subjectType: 'webhook_event',
    subjectId: event.id,
    detail: { eventId: event.eventId, before: event.state, after: processed.state },
  });
  return processed;
}

const bodyGone = (at: Date): AppError =>
  new AppError(
    'CONFLICT',
    `The body of this event was removed on ${at.toISOString().slice(0, 10)}, as Settings › Webhooks says for old events: without it there is nothing to process. What it became stays as it is. If it is needed again, send it from the provider.`,
  );

/** Reads an event's head that could not be read when it came. Null where it can be now. */
async function readAnew(ctx: Ctx, event: EventRow): Promise<Processed | null> {
  const endpoint = await needEndpoint(ctx.store, event.endpointId);
  const headers = new Map(JSON.parse(event.headers) as [string, string][]);
  const read = readHead(endpoint, { raw: rawOf(event), header: (name) => headers.get(name) ?? null });
  if (!read.head) return failed(read.why);
  const key = { endpointId: endpoint.id, eventId: read.head.eventId };
  if (await ctx.store.prisma.webhookEvent.findUnique({ where: { endpointId_eventId: key } }))
    throw new AppError(
      'CONFLICT',
      `The event ${read.head.eventId} is known by another delivery: look at that one and replay it. This one is never processed.`,
    );
  await ctx.store.prisma.webhookEvent.update({ where: { id: event.id }, data: headColumns(read.head) });
  return null;
}
