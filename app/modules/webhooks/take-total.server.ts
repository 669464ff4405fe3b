import type { DisputeDeps } from '#app/modules/disputes/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { refundsOfPayment, restOf, totalId } from './charge-total.server.ts';
import type { EndpointRow } from './endpoint-rows.server.ts';
import { linkedKeys } from './links.server.ts';
import { type Became, handled, type Processed } from './processed.ts';
import type { FoundTotal } from './sources/types.ts';
import { takeFoundRefund, takeNew } from './take-refund.server.ts';

/**
 * Takes in what a charge's running total tells: the refunds that come with it by their ids, then what it says beyond
 * the refunds that are known of the charge (RG-39: one refund, not two).
 */
export async function takeFoundTotal(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  endpoint: EndpointRow,
  found: FoundTotal,
): Promise<Processed> {
  const became: Became[] = [];
  for (const one of found.named) {
    const processed = await takeFoundRefund(tx, ctx, deps, endpoint, {
      ...one,
      keys: [...new Map([...one.keys, ...found.keys].map((k) => [`${k.kind} ${k.key}`, k])).values()],
    });
    if (processed.state === 'failed') return processed;
    became.push(...processed.became);
  }
  const known = await refundsOfPayment(tx, found.keys);
  const rest = restOf(found.totalCents, found.occurredAt, known);
  if (rest <= 0) {
    if (became.length > 0) return handled(...became);
    const words = 'All that was refunded of this charge is known already: one refund, not two.';
    return handled({ kind: 'refund', id: known.at(-1)?.id ?? null, words });
  }
  const processed = await takeNew(tx, ctx, deps, endpoint, {
    refundId: totalId(found.charge, found.totalCents),
    kind: 'refund',
    amountCents: rest,
    currency: found.currency,
    full: found.full && known.length === 0 ? true : null,
    keys: await linkedKeys(tx, found.keys),
    occurredAt: found.occurredAt,
    note: null,
    ask: null,
  });
  return { ...processed, became: [...became, ...processed.became] };
}
