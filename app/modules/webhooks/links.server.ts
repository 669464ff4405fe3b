import { learnLinks, type PaymentKey } from '#app/modules/disputes/index.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

/** Kinds of ids of which one payment has one each. A subscription has many payments, so it links nothing. */
const ONE_PAYMENT = new Set<string>(['payment_intent', 'charge', 'invoice']);
/** Ids of one payment that are looked at, and steps from one to the next. */
const MOST = 20;
const STEPS = 3;

const ofOnePayment = (keys: readonly PaymentKey[]): PaymentKey[] =>
  keys.filter(({ kind }) => ONE_PAYMENT.has(kind)).slice(0, MOST);

/**
 * Writes down that these ids belong to one payment, and adds what follows to the order that is known by one of them
 * and to the refunds that named one: a refund names its charge, a subscription's checkout only its invoice, and some
 * third event says that the one paid the other (RG-40). The order of the three does not matter. Refunds that found no
 * order before are matched by their new ids at the clockwork's next look.
 */
export async function linkPayment(tx: Conn, keys: readonly PaymentKey[]): Promise<void> {
  const { dialect } = tx;
  const linked = ofOnePayment(keys);
  if (linked.length < 2) return;
  for (const one of linked)
    for (const other of linked) {
      if (one.key === other.key) continue;
      await tx.execute(
        `INSERT INTO "PaymentLink" ("key", "other", "otherKind") VALUES (${dialect.p(1)}, ${dialect.p(2)}, ${dialect.p(3)}) ON CONFLICT DO NOTHING`,
        one.key,
        other.key,
        other.kind,
      );
    }
  const all = await linkedKeys(tx, linked);
  await learnLinks(tx, all);
  const refunds = await tx.query<{ refundId: string }>(
    `SELECT DISTINCT "refundId" FROM "RefundKey" WHERE ${dialect.inList('"key"', 1)} AND "kind" IN ('payment_intent', 'charge', 'invoice') ORDER BY "refundId" LIMIT 200`,
    JSON.stringify(all.map(({ key }) => key)),
  );
  for (const { refundId } of refunds) await addKeys(tx, refundId, all);
}

/** These ids and all that are known to belong to the same payment. */
export async function linkedKeys(tx: Conn, keys: readonly PaymentKey[]): Promise<PaymentKey[]> {
  const known = new Map(keys.map((one) => [`${one.kind} ${one.key}`, one]));
  let fresh = ofOnePayment(keys);
  for (let step = 0; step < STEPS && fresh.length > 0 && known.size < MOST; step++) {
    const rows = await tx.query<{ other: string; otherKind: string }>(
      `SELECT "other", "otherKind" FROM "PaymentLink" WHERE ${tx.dialect.inList('"key"', 1)} ORDER BY "other" LIMIT ${MOST}`,
      JSON.stringify(fresh.map(({ key }) => key)),
    );
    fresh = [];
    for (const { other, otherKind } of rows) {
      const one: PaymentKey = { kind: otherKind as PaymentKey['kind'], key: other };
      if (known.has(`${one.kind} ${one.key}`)) continue;
      known.set(`${one.kind} ${one.key}`, one);
      fresh.push(one);
    }
  }
  return [...known.values()];
}

/** Adds ids by which a refund looks for its order; those it has already stay. */
export async function addKeys(tx: Conn, refundId: string, keys: readonly PaymentKey[]): Promise<void> {
  const { dialect } = tx;
  for (const { kind, key } of keys)
    await tx.execute(
      `INSERT INTO "RefundKey" ("refundId", "kind", "key") VALUES (${dialect.p(1)}, ${dialect.p(2)}, ${dialect.p(3)}) ON CONFLICT DO NOTHING`,
      refundId,
      kind,
      key,
    );
}
