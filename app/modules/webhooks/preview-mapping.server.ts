import type { Ctx } from '#app/platform/context.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { needEndpoint } from './endpoint-rows.server.ts';
import type { EventItem, FoundView, MappingPreview } from './endpoint-schema.ts';
import { interpretEvent, readMapping } from './interpret-event.ts';
import { EVENT_ITEM, eventItem } from './list-events.server.ts';
import { checkedMapping } from './save-endpoint.server.ts';
import type { SourceId } from './schema.ts';
import { sourceOf } from './sources/index.ts';
import { EventFault, type Found, type WebhookSource } from './sources/types.ts';

/** Real events that a mapping is tried on. */
const TRIED = 20;
/** So many of them are of other types than those a mapping says most about, where there are both. */
const OTHERS = 5;

/**
 * What the endpoint's last real events would become by another mapping, beside what the present one makes of them and
 * what they did become. Reads only; nothing is reported. Throws NOT_FOUND, VALIDATION_ERROR with the place of each fault.
 */
export async function previewMapping(
  ctx: Pick<Ctx, 'store'>,
  input: { endpointId: string; mapping: unknown },
): Promise<MappingPreview[]> {
  const endpoint = await needEndpoint(ctx.store, input.endpointId);
  const source = endpoint.source as SourceId;
  const next = checkedMapping(source, input.mapping);
  const present = readMapping(source, endpoint.mapping);
  const rows = await ctx.store.prisma.webhookEvent.findMany({
    where: { id: { in: await newestOf(ctx, endpoint.id, sourceOf(source)) }, bodyRemovedAt: null },
    orderBy: { id: 'desc' },
    select: { ...EVENT_ITEM, body: true, bodyEncoding: true },
  });
  return rows.map((row) => {
    const event: EventItem = eventItem(row);
    const by = (mapping: Parameters<typeof foundBy>[2]) => foundBy(source, row, mapping);
    const was = by(present);
    const would = by(next);
    return { event, was, would, changes: JSON.stringify(was) !== JSON.stringify(would) };
  });
}

/**
 * The newest events of the types that mean something, most of them of those whose meaning the mapping decides: what
 * a refund is, it does not change.
 */
async function newestOf(
  ctx: Pick<Ctx, 'store'>,
  endpointId: string,
  source: Pick<WebhookSource<never>, 'eventTypes' | 'mappedTypes'>,
): Promise<string[]> {
  const isMapped = (type: string): boolean => source.mappedTypes.includes(type);
  const [mapped, others] = await Promise.all([
    newestOfTypes(ctx, endpointId, source.eventTypes.filter(isMapped)),
    newestOfTypes(
      ctx,
      endpointId,
      source.eventTypes.filter((type) => !isMapped(type)),
    ),
  ]);
  const room = Math.max(TRIED - mapped.length, OTHERS);
  const rest = others.slice(0, room);
  return [...mapped.slice(0, TRIED - rest.length), ...rest];
}

/** The newest events of these types, each type by its index: among a million others there may be none. */
async function newestOfTypes(
  ctx: Pick<Ctx, 'store'>,
  endpointId: string,
  types: readonly string[],
): Promise<string[]> {
  const each = await Promise.all(
    types.map((type) =>
      ctx.store.prisma.webhookEvent.findMany({
        where: { endpointId, type },
        orderBy: { id: 'desc' },
        take: TRIED,
        select: { id: true },
      }),
    ),
  );
  return each
    .flat()
    .map(({ id }) => id)
    .sort()
    .reverse()
    .slice(0, TRIED);
}

function foundBy(
  source: SourceId,
  row: { type: string | null; testMode: boolean; body: string; bodyEncoding: string },
  mapping: { reportTestMode: boolean; sandbox: boolean },
): FoundView {
  if ((row.testMode || mapping.sandbox) && !mapping.reportTestMode)
    return { kind: 'nothing', words: "Of the provider's test mode: kept apart, nothing is reported." };
  try {
    return viewOf(interpretEvent(source, row, mapping));
  } catch (error) {
    if (error instanceof EventFault) return { kind: 'fault', words: messageOf(error) };
    throw error;
  }
}

/** What is worth showing of what an event says. */
function viewOf(found: Found): FoundView {
  if (found.kind === 'nothing') return { kind: 'nothing', words: found.words };
  if (found.kind === 'conversion') {
    const { externalId, eventType, revenueCents, currency, ref, record, coupon, onlyFirstOf } = found;
    return {
      kind: 'conversion',
      externalId,
      eventType,
      amountCents: revenueCents,
      currency,
      ref,
      record,
      coupon,
      keys: found.keys,
      words:
        onlyFirstOf?.said === 'later'
          ? `Only where no payment of the subscription ${onlyFirstOf.key} was reported before.`
          : null,
    };
  }
  if (found.kind === 'reversal')
    return { kind: 'reversal', refundId: found.refundId, reversal: found.reversal, keys: found.keys };
  if (found.kind === 'refunded_total')
    return {
      kind: 'refund',
      refundId: null,
      amountCents: found.totalCents,
      currency: found.currency,
      keys: found.keys,
      words: 'The sum of all refunds of the charge so far: what is not known yet of it is a refund.',
    };
  return {
    kind: 'refund',
    refundId: found.refundId,
    amountCents: found.amountCents,
    currency: found.currency,
    keys: found.keys,
    words: found.ask,
  };
}
