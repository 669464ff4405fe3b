import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { type EndpointRow, headColumns, secretsOf } from './endpoint-rows.server.ts';
import { readMapping } from './interpret-event.ts';
import { keepRefused } from './keep-refused.server.ts';
import { keptBody, keptHeaders } from './kept.ts';
import { keepOther, saysOther } from './other-content.server.ts';
import type { EventState, SourceId } from './schema.ts';
import { validSecrets } from './secrets.ts';
import { sourceOf } from './sources/index.ts';
import { parseBody } from './sources/parse.ts';
import { EventFault, type EventHead, type SignedRequest } from './sources/types.ts';

/** What a delivery came to, for the answer. A verified event is durable when this is told. */
export type Received =
  | { kind: 'refused'; why: string }
  /** New, or sent again before it could be processed: to be processed now. */
  | { kind: 'stored'; id: string }
  | { kind: 'repeat'; id: string; state: EventState }
  /** Signed rightly, but not to be understood: kept for a person. Sending it again would not help. */
  | { kind: 'unreadable'; id: string; why: string };

export interface ReceiveOptions {
  /** Whether one more refused delivery of this endpoint may be written down; anybody can send them. */
  mayKeepRefused?(endpointId: string): boolean;
}

/**
 * Checks a delivery on its raw bytes and writes it down, idempotent on the provider's event id. Nothing is believed
 * before the signature fits. Throws only where the store is at fault: then the provider must send it again.
 */
export async function receiveEvent(
  ctx: Ctx,
  endpoint: EndpointRow,
  request: SignedRequest,
  options: ReceiveOptions = {},
): Promise<Received> {
  const source = sourceOf(endpoint.source as SourceId);
  const now = ctx.clock.now();
  const verification = source.verify(request, validSecrets(secretsOf(ctx, endpoint), now), now);
  if (!verification.ok) {
    if (options.mayKeepRefused?.(endpoint.id) ?? true)
      await keepRefused(ctx, endpoint, request, verification.why);
    return { kind: 'refused', why: verification.why };
  }
  const read = readHead(endpoint, request);
  const take = () => store(ctx, endpoint, request, read);
  const received = await take().catch((error: unknown) => {
    // the same event was being written down at the same time: now it is there
    if (isUniqueViolation(error)) return take();
    throw error;
  });
  ctx.live.publish('webhooks');
  return received;
}

type Read = { head: EventHead; why: null } | { head: null; why: string };

/** What an event says of itself, or why that cannot be read. */
export function readHead(
  endpoint: Pick<EndpointRow, 'source' | 'mapping'>,
  request: Pick<SignedRequest, 'raw' | 'header'>,
): Read {
  const source = endpoint.source as SourceId;
  try {
    const head = sourceOf(source).readHead(parseBody(request.raw), request);
    const testMode = head.testMode || readMapping(source, endpoint.mapping).sandbox;
    return { head: { ...head, testMode }, why: null };
  } catch (error) {
    if (error instanceof EventFault) return { head: null, why: messageOf(error) };
    throw error;
  }
}

async function store(ctx: Ctx, endpoint: EndpointRow, request: SignedRequest, read: Read): Promise<Received> {
  const now = nowOf(ctx);
  const { head } = read;
  const id = ctx.newId('evt');
  return ctx.store.transaction(async (tx): Promise<Received> => {
    if (head) {
      const key = { endpointId: endpoint.id, eventId: head.eventId };
      const before = await tx.prisma.webhookEvent.findUnique({
        where: { endpointId_eventId: key },
        select: { id: true, state: true, type: true, body: true, bodyEncoding: true, bodyRemovedAt: true },
      });
      if (before && saysOther(endpoint, before, { type: head.type, raw: request.raw }))
        return keepOther(tx, ctx, endpoint, request, head);
      if (before) {
        await tx.prisma.webhookEvent.update({
          where: { id: before.id },
          data: { deliveries: { increment: 1 }, lastSeenAt: now },
        });
        return before.state === 'waiting'
          ? { kind: 'stored', id: before.id }
          : { kind: 'repeat', id: before.id, state: before.state as EventState };
      }
    }
    await tx.prisma.webhookEvent.create({
      data: {
        id,
        endpointId: endpoint.id,
        ...(head ? headColumns(head) : {}),
        verdict: 'verified',
        state: head ? 'waiting' : 'failed',
        error: read.why,
        ...keptBody(request.raw, request.raw.length),
        headers: keptHeaders(request),
        receivedAt: now,
        lastSeenAt: now,
      },
    });
    return head ? { kind: 'stored', id } : { kind: 'unreadable', id, why: read.why ?? '' };
  });
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002';
