import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type DisputeDeps, evaluateRefund, OPEN } from './evaluate-refund.server.ts';
import { copyToLateReports } from './refund-copies.server.ts';

/**
 * Looks again at refunds that wait for the leads of these conversions: to be disputed, or, where a person decides,
 * to be tied to the lead so that its deadline is theirs. On the transaction that settles the postbacks.
 */
export async function reconsiderWaiting(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  conversionIds: readonly string[],
): Promise<number> {
  if (conversionIds.length === 0) return 0;
  const waiting = await tx.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE ${tx.dialect.inList('"conversionId"', 1)}
       AND ("disposition" = 'awaiting_lead' OR ("disposition" IN ('needs_review', 'in_grace') AND "leadId" IS NULL)) ORDER BY "id"`,
    JSON.stringify(conversionIds),
  );
  for (const { id } of waiting) {
    const refund = await tx.prisma.refund.findUnique({ where: { id } });
    // an earlier one of the order may have settled it
    if (refund && OPEN.includes(refund.disposition)) await evaluateRefund(tx, ctx, deps, refund);
  }
  const copies = await copyToLateReports(tx, ctx, conversionIds);
  for (const copy of copies) await evaluateRefund(tx, ctx, deps, copy);
  return waiting.length + copies.length;
}
