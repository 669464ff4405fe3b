import type { Conn } from '#app/platform/db/store.server.ts';

/**
 * Holds the row of a postback until the transaction ends. Everything that decides about a refund, a dispute or a
 * lead of one conversion takes this lock first, and so does the settlement of the postback: whichever comes second
 * sees what the first has done (RG-41). Rows are always taken in the order postback, dispute message, lead, refund,
 * so that two of them cannot deadlock.
 */
export async function lockPostback(tx: Conn, postbackId: string | null): Promise<void> {
  if (postbackId === null) return;
  await tx.execute(
    `UPDATE "OutboxMessage" SET "updatedAt" = "updatedAt" WHERE "id" = ${tx.dialect.p(1)}`,
    postbackId,
  );
}

/**
 * Holds the row of a lead likewise: the answer to its dispute, its release and an undo change it, and then look for
 * the refunds that follow it. Whoever ties a refund to a lead must not do so between the two.
 */
export async function lockLead(tx: Conn, leadId: string): Promise<void> {
  await tx.execute(`UPDATE "Lead" SET "updatedAt" = "updatedAt" WHERE "id" = ${tx.dialect.p(1)}`, leadId);
}

/** A refund as it stands once nobody else can decide about its order; null where there is none. */
export async function lockedRefund(tx: Conn, id: string) {
  const [seen] = await tx.query<{ postbackId: string | null }>(
    `SELECT c."postbackId" FROM "Refund" r LEFT JOIN "Conversion" c ON c."id" = r."conversionId" WHERE r."id" = ${tx.dialect.p(1)}`,
    id,
  );
  if (!seen) return null;
  await lockPostback(tx, seen.postbackId);
  return tx.prisma.refund.findUnique({ where: { id } });
}

/** Holds the postback of a conversion, where it has one. */
export async function lockConversion(tx: Conn, conversionId: string): Promise<void> {
  const conversion = await tx.prisma.conversion.findUnique({
    where: { id: conversionId },
    select: { postbackId: true },
  });
  await lockPostback(tx, conversion?.postbackId ?? null);
}
