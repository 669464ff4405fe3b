import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { processEvent, type WebhookDeps } from './process-event.server.ts';

/** An event is processed as it comes; only what waits longer was cut off, or could not be stored further. */
const WAITED_MS = 5_000;
/** Events looked at in one run for each endpoint. */
const TURN = 200;

/**
 * Takes up events that are durable but not processed: Leadline was stopped between the two, the store was at fault,
 * or the endpoint had no account. Bounded by the index on endpoint and state. Answers how many were settled.
 */
export async function processWaiting(ctx: Ctx, deps: WebhookDeps): Promise<number> {
  const before = new Date(ctx.clock.now() - WAITED_MS);
  let settled = 0;
  for (const endpoint of await ctx.store.prisma.webhookEndpoint.findMany({ select: { id: true } })) {
    const waiting = await ctx.store.prisma.webhookEvent.findMany({
      where: { endpointId: endpoint.id, state: 'waiting', receivedAt: { lt: before } },
      orderBy: { id: 'asc' },
      take: TURN,
      select: { id: true },
    });
    for (const { id } of waiting) {
      try {
        if ((await processEvent(ctx, deps, id)).state !== 'waiting') settled++;
      } catch (error) {
        // it stays waiting; one that fails must not hold up those behind it
        ctx.log.error(
          { event: id, fault: describeStoreFault(error) },
          'a waiting webhook event was not processed',
        );
      }
    }
  }
  return settled;
}
