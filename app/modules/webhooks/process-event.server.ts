import type { DisputeDeps } from '#app/modules/disputes/index.server.ts';
import type { Intake } from '#app/modules/intake/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { applyFound } from './apply-found.server.ts';
import { type EndpointRow, type EventRow, NO_ACCOUNT } from './endpoint-rows.server.ts';
import { interpretEvent, readMapping } from './interpret-event.ts';
import { failed, ignored, type Processed } from './processed.ts';
import type { SourceId } from './schema.ts';
import { sourceOf } from './sources/index.ts';
import { EventFault } from './sources/types.ts';

export interface WebhookDeps {
  intake: Intake;
  disputes: DisputeDeps;
}

const ACCOUNT_MISSING: Processed = {
  state: 'waiting',
  became: [],
  error:
    'This endpoint reports to no account yet: choose one in Settings › Webhooks. What waits is then processed by itself.',
};

/**
 * Makes of a durable event what its endpoint's mapping says. Safe to repeat: conversions are idempotent by their
 * externalId, refunds by their refundId. Rejects only where the store is at fault; the event stays as it was.
 */
export async function processEvent(ctx: Ctx, deps: WebhookDeps, id: string): Promise<Processed> {
  const { prisma } = ctx.store;
  const event = await prisma.webhookEvent.findUniqueOrThrow({ where: { id } });
  const endpoint = await prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: event.endpointId } });
  const processed = await attempt(ctx, deps, endpoint, event);
  await prisma.webhookEvent.update({
    where: { id },
    data: {
      state: processed.state,
      became: JSON.stringify(processed.became),
      error: processed.error,
      handledAt: processed.state === 'waiting' ? null : nowOf(ctx),
    },
  });
  ctx.live.publish('webhooks');
  if (processed.became.some((one) => one.kind === 'conversion')) await lookAgain(ctx, deps, endpoint, event);
  return processed;
}

async function attempt(
  ctx: Ctx,
  deps: WebhookDeps,
  endpoint: EndpointRow,
  event: EventRow,
): Promise<Processed> {
  try {
    const source = endpoint.source as SourceId;
    const mapping = readMapping(source, endpoint.mapping);
    if ((event.testMode || mapping.sandbox) && !mapping.reportTestMode)
      return ignored("It is of the provider's test mode: tests are kept apart and nothing is reported.");
    const found = interpretEvent(source, event, mapping);
    if (found.kind !== 'nothing' && endpoint.accountId === NO_ACCOUNT) return ACCOUNT_MISSING;
    return await applyFound(ctx, deps, endpoint, found, mapping.campaignId);
  } catch (error) {
    if (isStoreFault(error)) throw error;
    if (error instanceof EventFault) return failed(messageOf(error));
    ctx.log.error(
      { event: event.id, fault: describeStoreFault(error) },
      'a webhook event could not be processed',
    );
    return failed(
      `Something failed inside Leadline and nothing was done. Replay it; if it fails again, quote ${event.id} to your operator.`,
    );
  }
}

/** Earlier events about the same thing, put aside because its conversion was not known: now it is. */
async function lookAgain(ctx: Ctx, deps: WebhookDeps, endpoint: EndpointRow, event: EventRow): Promise<void> {
  const types = [...sourceOf(endpoint.source as SourceId).lookAgain];
  if (types.length === 0 || event.subjectId === null || types.includes(event.type ?? '')) return;
  const about = await ctx.store.prisma.webhookEvent.findMany({
    where: { endpointId: endpoint.id, subjectId: event.subjectId },
    orderBy: { id: 'asc' },
    take: 100,
    select: { id: true, type: true, state: true, occurredAt: true, bodyRemovedAt: true },
  });
  const aside = about.filter(
    (one) =>
      one.state === 'ignored' &&
      one.bodyRemovedAt === null &&
      types.includes(one.type ?? '') &&
      (event.occurredAt === null || one.occurredAt === null || one.occurredAt > event.occurredAt),
  );
  for (const { id } of aside) await processEvent(ctx, deps, id);
}
