import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { needEndpoint } from './endpoint-rows.server.ts';
import type { EventDetail, EventFilter, EventItem, EventPage } from './endpoint-schema.ts';
import type { Became } from './processed.ts';
import type { EventState, Verdict } from './schema.ts';

type Read = Pick<Ctx, 'store'>;

/** Rows of a page where the caller does not say, and the most there can be. */
const LIMIT = 50;
const LIMIT_MAX = 1_000;

/** Columns of a list: never the body. */
export const EVENT_ITEM = {
  id: true,
  endpointId: true,
  eventId: true,
  type: true,
  subjectId: true,
  testMode: true,
  verdict: true,
  verdictWhy: true,
  state: true,
  became: true,
  error: true,
  deliveries: true,
  bodyBytes: true,
  occurredAt: true,
  receivedAt: true,
  handledAt: true,
  bodyRemovedAt: true,
} as const;

interface ItemRow {
  id: string;
  endpointId: string;
  eventId: string | null;
  type: string | null;
  subjectId: string | null;
  testMode: boolean;
  verdict: string;
  verdictWhy: string | null;
  state: string;
  became: string | null;
  error: string | null;
  deliveries: number;
  bodyBytes: number;
  occurredAt: Date | null;
  receivedAt: Date;
  handledAt: Date | null;
  bodyRemovedAt: Date | null;
}

/**
 * An endpoint's deliveries, newest first, 50 or as many as `limit` says (1–1,000). `before` and `after` are ids that the page stands beyond. Every filter has
 * an index; refused ones are few by construction. Throws NOT_FOUND.
 */
export async function listEvents(
  ctx: Read,
  input: {
    endpointId: string;
    filter: EventFilter;
    limit?: number | undefined;
    before?: string | undefined;
    after?: string | undefined;
  },
): Promise<EventPage> {
  const { filter, before, after } = input;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? LIMIT), 1), LIMIT_MAX);
  await needEndpoint(ctx.store, input.endpointId);
  const state = stateOf(filter);
  if (state === 'none') return { items: [], next: null, prev: null };
  const back = after !== undefined;
  const rows = await ctx.store.prisma.webhookEvent.findMany({
    where: {
      endpointId: input.endpointId,
      ...(state ? { state } : {}),
      ...(filter.type ? { type: filter.type } : {}),
      ...(filter.mode ? { testMode: filter.mode === 'test' } : {}),
      AND: [
        ...(filter.q ? [{ id: { in: await idsOf(ctx, input.endpointId, filter.q) } }] : []),
        ...(back ? [{ id: { gt: after } }] : before ? [{ id: { lt: before } }] : []),
      ],
    },
    orderBy: { id: back ? 'asc' : 'desc' },
    take: limit + 1,
    select: EVENT_ITEM,
  });
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (back) page.reverse();
  return {
    items: page.map(eventItem),
    next: more || back ? (page.at(-1)?.id ?? null) : null,
    prev: (back ? more : before !== undefined) ? (page[0]?.id ?? null) : null,
  };
}

/** A verdict is a matter of the state: refused is a state of its own, without a type. */
function stateOf({ state, verdict, type }: EventFilter): EventState | { not: string } | 'none' | null {
  if (verdict === 'refused') return state && state !== 'refused' ? 'none' : 'refused';
  if (verdict === 'verified' && state === 'refused') return 'none';
  if (state) return state;
  return verdict === 'verified' && !type ? { not: 'refused' } : null;
}

/** Events that carry this id, or are about the thing that does: each by an index of its own. */
async function idsOf(ctx: Read, endpointId: string, q: string): Promise<string[]> {
  const { prisma } = ctx.store;
  const [event, about] = await Promise.all([
    prisma.webhookEvent.findUnique({
      where: { endpointId_eventId: { endpointId, eventId: q } },
      select: { id: true },
    }),
    prisma.webhookEvent.findMany({
      where: { endpointId, subjectId: q },
      orderBy: { id: 'desc' },
      take: 500,
      select: { id: true },
    }),
  ]);
  return [q, ...(event ? [event.id] : []), ...about.map(({ id }) => id)];
}

/** One delivery with its body and the headers that are kept. Throws NOT_FOUND. */
export async function getEvent(ctx: Read, id: string): Promise<EventDetail> {
  const row = await ctx.store.prisma.webhookEvent.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no webhook event with the id ${id}.`);
  return {
    ...eventItem(row),
    body: row.body,
    bodyEncoding: row.bodyEncoding === 'base64' ? 'base64' : 'utf8',
    headers: JSON.parse(row.headers) as [string, string][],
  };
}

/** A row as lists show it. */
export function eventItem(row: ItemRow): EventItem {
  const became = row.became ? (JSON.parse(row.became) as Became[]) : [];
  return {
    id: row.id,
    endpointId: row.endpointId,
    eventId: row.eventId,
    type: row.type,
    subjectId: row.subjectId,
    testMode: row.testMode,
    verdict: row.verdict as Verdict,
    state: row.state as EventState,
    words: row.verdictWhy ?? row.error ?? (row.state === 'ignored' ? (became[0]?.words ?? null) : null),
    became,
    deliveries: row.deliveries,
    bodyBytes: row.bodyBytes,
    occurredAt: row.occurredAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    handledAt: row.handledAt?.toISOString() ?? null,
    bodyRemovedAt: row.bodyRemovedAt?.toISOString() ?? null,
  };
}
