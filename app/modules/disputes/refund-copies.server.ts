import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { plainRefundId } from './schema.ts';

export type RefundRow = NonNullable<Awaited<ReturnType<Conn['prisma']['refund']['findUnique']>>>;

const WAITING = 'Its order was reported more than once: this is about another report of it.';

/**
 * An order that was reported at two campaigns or accounts has a lead at each, and all of them are owed back. The
 * refund gets a row for each report, with its own lead, decision and dispute. The row must be evaluated next.
 */
export async function copyRefund(
  tx: Conn,
  ctx: Ctx,
  refund: RefundRow,
  conversionId: string,
): Promise<RefundRow> {
  const now = nowOf(ctx);
  return tx.prisma.refund.create({
    data: {
      ...refund,
      id: ctx.newId('rfd'),
      refundId: `${plainRefundId(refund)}#${conversionId}`,
      copyOf: refund.copyOf ?? refund.id,
      conversionId,
      leadId: null,
      disputeMessageId: null,
      graceUntil: null,
      disposition: 'unmatched',
      explanation: WAITING,
      updatedAt: now,
    },
  });
}

/** A refund with its copies, oldest first. */
export async function withCopies(tx: Conn, refund: RefundRow): Promise<RefundRow[]> {
  const first = refund.copyOf ?? refund.id;
  return tx.prisma.refund.findMany({
    where: { OR: [{ id: first }, { copyOf: first }] },
    orderBy: { id: 'asc' },
  });
}

/**
 * Refunds of orders that were reported again after they were refunded: each gets a row for the new report (of these
 * conversions). One that a person tied to its lead, let pass, or that was reversed, stays with what it has.
 */
export async function copyToLateReports(
  tx: Conn,
  ctx: Ctx,
  conversionIds: readonly string[],
): Promise<RefundRow[]> {
  // CROSS JOIN and COALESCE keep SQLite from beginning with all refunds that are no copies; this is on the hot path
  const late = await tx.query<{ conversionId: string; refundId: string }>(
    `SELECT n."id" AS "conversionId", r."id" AS "refundId" FROM "Conversion" n
       CROSS JOIN "Conversion" o CROSS JOIN "Refund" r
     WHERE ${tx.dialect.inList('n."id"', 1)} AND o."externalId" = n."externalId" AND o."id" <> n."id"
       AND r."conversionId" = o."id" AND COALESCE(r."copyOf", '') = '' AND r."matchedBy" IS NOT NULL
       AND r."matchedBy" <> 'hand' AND r."matchedBy" <> 'subscription' AND r."reversal" IS NULL AND r."matchDoubt" IS NULL
       AND (r."disposition" <> 'ignored' OR o."postbackId" IS NULL)
       AND (r."accountId" IS NULL OR r."accountId" = n."accountId")
       AND NOT EXISTS (SELECT 1 FROM "Refund" x WHERE x."copyOf" = r."id" AND x."conversionId" = n."id")
     ORDER BY r."id", n."id"`,
    JSON.stringify(conversionIds),
  );
  const copies: RefundRow[] = [];
  for (const { conversionId, refundId } of late) {
    const refund = await tx.prisma.refund.findUnique({ where: { id: refundId } });
    if (refund) copies.push(await copyRefund(tx, ctx, refund, conversionId));
  }
  return copies;
}
