import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { EndpointRow } from './endpoint-rows.server.ts';
import { keptBody, keptHeaders } from './kept.ts';
import type { SignedRequest } from './sources/types.ts';

/** Refused deliveries kept of each endpoint, the newest; anybody can send them. */
export const REFUSED_KEPT = 200;
/** Of a refused body so many bytes are kept. */
const REFUSED_BODY = 4_096;

/** Writes down a delivery that was not believed, so that a wrong secret can be seen; older ones make room. */
export async function keepRefused(
  ctx: Ctx,
  endpoint: EndpointRow,
  request: SignedRequest,
  why: string,
): Promise<void> {
  const now = nowOf(ctx);
  await ctx.store.transaction(async (tx) => {
    await tx.prisma.webhookEvent.create({
      data: {
        id: ctx.newId('evt'),
        endpointId: endpoint.id,
        verdict: 'refused',
        verdictWhy: why,
        state: 'refused',
        ...keptBody(request.raw, REFUSED_BODY),
        headers: keptHeaders(request),
        receivedAt: now,
        lastSeenAt: now,
      },
    });
    const oldest = await tx.prisma.webhookEvent.findMany({
      where: { endpointId: endpoint.id, state: 'refused' },
      orderBy: { id: 'desc' },
      skip: REFUSED_KEPT,
      take: 50,
      select: { id: true },
    });
    if (oldest.length > 0)
      await tx.prisma.webhookEvent.deleteMany({ where: { id: { in: oldest.map((row) => row.id) } } });
  });
  ctx.log.warn({ endpoint: `${endpoint.source}/${endpoint.name}`, why }, 'a webhook was refused');
  ctx.live.publish('webhooks');
}
