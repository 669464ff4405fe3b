import { type DisputeDeps, reverseRefund } from '#app/modules/disputes/index.server.ts';
import type { Intake } from '#app/modules/intake/index.server.ts';
import { type Ctx, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import { partOfTotal } from './charge-total.server.ts';
import type { EndpointRow } from './endpoint-rows.server.ts';
import { linkPayment } from './links.server.ts';
import { failed, handled, ignored, type Processed } from './processed.ts';
import type { Found, FoundReversal } from './sources/types.ts';
import { takeFoundConversion } from './take-conversion.server.ts';
import { takeFoundRefund } from './take-refund.server.ts';
import { takeFoundTotal } from './take-total.server.ts';

/** Topics a refund's decision touches; told after the commit. */
const REFUND_TOPICS: readonly Topic[] = ['outbox', 'leads', 'refunds', 'postbacks'];

/** Does what an event means. `campaignId`: the network's campaign that the endpoint's mapping names. */
export async function applyFound(
  ctx: Ctx,
  deps: { intake: Intake; disputes: DisputeDeps },
  endpoint: EndpointRow,
  found: Found,
  campaignId: string | undefined,
): Promise<Processed> {
  if (found.kind === 'conversion') return takeFoundConversion(ctx, deps.intake, endpoint, found, campaignId);
  if (found.kind === 'nothing' && !found.links) return ignored(found.words);
  const take = () => ctx.store.transaction((tx) => applyIn(tx, ctx, deps.disputes, endpoint, found));
  const processed = await take().catch((error: unknown) => {
    // the same refund was being taken in at the same time, by another door: now it is there
    if (isUniqueViolation(error)) return take();
    throw error;
  });
  for (const topic of REFUND_TOPICS) ctx.live.publish(topic);
  return processed;
}

type WithoutConversion = Exclude<Found, { kind: 'conversion' }>;

async function applyIn(
  tx: Conn,
  ctx: Ctx,
  disputes: DisputeDeps,
  endpoint: EndpointRow,
  found: WithoutConversion,
): Promise<Processed> {
  // one at a time for an endpoint: a charge's total and the refund behind it must see each other
  await tx.execute(
    `UPDATE "WebhookEndpoint" SET "updatedAt" = "updatedAt" WHERE "id" = ${tx.dialect.p(1)}`,
    endpoint.id,
  );
  if (found.kind === 'nothing') {
    await linkPayment(tx, found.links ?? []);
    return ignored(found.words);
  }
  await linkPayment(tx, found.keys);
  if (found.kind === 'refund') return takeFoundRefund(tx, ctx, disputes, endpoint, found);
  if (found.kind === 'refunded_total') return takeFoundTotal(tx, ctx, disputes, endpoint, found);
  return reverse(tx, ctx, disputes, endpoint, found);
}

async function reverse(
  tx: Conn,
  ctx: Ctx,
  disputes: DisputeDeps,
  endpoint: EndpointRow,
  found: FoundReversal,
): Promise<Processed> {
  const { refundId, reversal, keys, occurredAt } = found;
  const part = refundId === null ? null : await partOfTotal(tx, refundId);
  if (part) return failed(part);
  const reversed = await reverseRefund(tx, ctx, { refundId, reversal, keys, occurredAt, actor: SYSTEM });
  if (reversed.kind === 'unknown')
    return ignored('No chargeback of this payment is known here, so there is nothing to take back.');
  if (reversed.kind === 'kept') {
    // told whole by its failure: from now on it is known, and a total that contains it does not dispute it
    if (found.refund) return takeFoundRefund(tx, ctx, disputes, endpoint, found.refund);
    const words = 'Its refund is not known yet: remembered until it comes.';
    return handled({ kind: 'reversal', id: null, words });
  }
  const { explanation } = await tx.prisma.refund.findUniqueOrThrow({
    where: { id: reversed.id },
    select: { explanation: true },
  });
  return handled({ kind: 'reversal', id: reversed.id, words: explanation });
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002';
