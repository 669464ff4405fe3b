import type { Conn } from '#app/platform/db/store.server.ts';
import { ONE_PAYMENT, type PaymentKey } from './schema.ts';

/** Ids that are known to mean the payment of a conversion are kept with it, so that later events find it by any. */
export async function keepLinks(
  tx: Conn,
  conversionIds: readonly string[],
  keys: readonly PaymentKey[],
): Promise<void> {
  const { dialect } = tx;
  for (const { kind, key } of keys) {
    if (!ONE_PAYMENT.includes(kind)) continue;
    for (const conversionId of conversionIds)
      await tx.execute(
        `INSERT INTO "PaymentRef" ("paymentId", "conversionId", "kind") VALUES (${dialect.p(1)}, ${dialect.p(2)}, ${dialect.p(3)}) ON CONFLICT DO NOTHING`,
        key,
        conversionId,
        kind,
      );
  }
}

/**
 * An event names several ids of one payment: where one of them is known, the others are learned (RG-40). Answers the
 * conversions that learned them; none where no id is known yet, or where they lead to different orders.
 */
export async function learnLinks(tx: Conn, keys: readonly PaymentKey[]): Promise<string[]> {
  const single = keys.filter(({ kind }) => ONE_PAYMENT.includes(kind));
  if (single.length < 2) return [];
  const found = await tx.query<{ conversionId: string; externalId: string }>(
    `SELECT DISTINCT c."id" AS "conversionId", c."externalId" FROM "PaymentRef" p JOIN "Conversion" c ON c."id" = p."conversionId" WHERE ${tx.dialect.inList('p."paymentId"', 1)}`,
    JSON.stringify(single.map(({ key }) => key)),
  );
  if (new Set(found.map((row) => row.externalId)).size !== 1) return [];
  const ids = found.map((row) => row.conversionId);
  await keepLinks(tx, ids, single);
  return ids;
}
