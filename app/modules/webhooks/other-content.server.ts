import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type EndpointRow, headColumns } from './endpoint-rows.server.ts';
import { type KeptEvent, rawOf } from './interpret-event.ts';
import { keptBody, keptHeaders } from './kept.ts';
import type { Received } from './receive-event.server.ts';
import type { SourceId } from './schema.ts';
import { sourceOf } from './sources/index.ts';
import { parseBody } from './sources/parse.ts';
import type { EventHead, SignedRequest } from './sources/types.ts';

/**
 * Whether a delivery under the id of an event that is known says something else than that one. Where the earlier
 * body was cleared by its age nothing can be compared: it is a repeat. Pure.
 */
export function saysOther(
  endpoint: Pick<EndpointRow, 'source'>,
  before: KeptEvent & { bodyRemovedAt: Date | null },
  again: { type: string; raw: Uint8Array },
): boolean {
  if (before.bodyRemovedAt !== null) return false;
  const first = rawOf(before);
  if (before.type !== again.type) return true;
  if (first.equals(again.raw)) return false;
  return !sourceOf(endpoint.source as SourceId).saysTheSame(parseBody(first), parseBody(again.raw));
}

/**
 * Keeps such a delivery for a person, without the event's id: the first one stands, nothing is done with this one, and
 * it cannot be replayed. The same bytes once more are counted, not kept again.
 */
export async function keepOther(
  tx: Conn,
  ctx: Ctx,
  endpoint: EndpointRow,
  request: SignedRequest,
  head: EventHead,
): Promise<Received> {
  const now = nowOf(ctx);
  const { eventId, ...columns } = headColumns(head);
  const kept = keptBody(request.raw, request.raw.length);
  const why = `The event ${eventId} came before with other content. The first one stands; nothing was done with this one. Compare the two (search for ${columns.subjectId ?? eventId}) and ask the sender which is true; if it is this one, correct by hand.`;
  const same = await tx.prisma.webhookEvent.findMany({
    where: { endpointId: endpoint.id, subjectId: columns.subjectId, eventId: null, state: 'failed' },
    orderBy: { id: 'desc' },
    take: 20,
    select: { id: true, body: true },
  });
  const known = same.find(({ body }) => body === kept.body);
  if (known) {
    await tx.prisma.webhookEvent.update({
      where: { id: known.id },
      data: { deliveries: { increment: 1 }, lastSeenAt: now },
    });
    return { kind: 'unreadable', id: known.id, why };
  }
  const id = ctx.newId('evt');
  await tx.prisma.webhookEvent.create({
    data: {
      id,
      endpointId: endpoint.id,
      ...columns,
      verdict: 'verified',
      state: 'failed',
      error: why,
      ...kept,
      headers: keptHeaders(request),
      receivedAt: now,
      lastSeenAt: now,
    },
  });
  return { kind: 'unreadable', id, why };
}
