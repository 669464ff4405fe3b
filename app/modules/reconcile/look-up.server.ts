import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Known } from './judge.ts';
import { leadsOf, refundsOf } from './look-up-more.server.ts';
import type { IdKind } from './schema.ts';

/** Rows of one id at most: the same order at so many accounts and campaigns, or payments of one subscription. */
const PER_ID = 50;

export interface LookUp {
  keys: readonly string[];
  idKind: IdKind;
  accountId: string | null;
}

interface ConversionFact {
  id: string;
  accountId: string;
  externalId: string;
  revenueCents: bigint | number | null;
  currency: string | null;
  occurredAt: Date | number;
  postbackId: string | null;
  status: string | null;
  errorCode: string | null;
  why: string | null;
}

const FIELDS = `c."id", c."accountId", c."externalId", c."revenueCents", c."currency", c."occurredAt", c."postbackId",
  m."status", m."errorCode", COALESCE(m."cancelReason", m."errorMessage") AS "why"`;

/** What is known under each id, in a few statements for all of them. Ids with nothing are not in the answer. */
export async function lookUp(conn: Conn, { keys, idKind, accountId }: LookUp): Promise<Map<string, Known[]>> {
  if (keys.length === 0) return new Map();
  const owners =
    idKind === 'lead' ? await byLead(conn, keys, accountId) : await byPayment(conn, keys, idKind);
  const found = await conversions(conn, idKind === 'order' || idKind === 'either' ? keys : [], [
    ...owners.keys(),
  ]);
  const mine = accountId === null ? found : found.filter((one) => one.accountId === accountId);
  const ids = mine.map(({ id }) => id);
  const [leads, refunds] = [await leadsOf(conn, ids), await refundsOf(conn, ids)];
  const asked = new Set(keys);
  const known = new Map<string, Known[]>();
  for (const fact of mine) {
    const one = knownOf(fact, leads.get(fact.id) ?? null, refunds.get(fact.id) ?? []);
    const under = new Set(owners.get(fact.id) ?? []);
    if ((idKind === 'order' || idKind === 'either') && asked.has(fact.externalId)) under.add(fact.externalId);
    for (const key of under) {
      const list = known.get(key) ?? [];
      if (list.length < PER_ID) known.set(key, [...list, one]);
    }
  }
  return known;
}

function knownOf(fact: ConversionFact, lead: Known['lead'], refunds: Known['refunds']): Known {
  const { id, accountId, revenueCents, currency, occurredAt, postbackId, status, errorCode, why } = fact;
  return {
    conversionId: id,
    accountId,
    revenue: numberOrNull(revenueCents),
    currency,
    occurredAt: new Date(occurredAt).getTime(),
    postback: postbackId === null ? null : { id: postbackId, status: status ?? 'queued', errorCode, why },
    lead,
    refunds,
  };
}

/** Conversions by the order's id, and by their own. */
async function conversions(
  conn: Conn,
  orders: readonly string[],
  ids: readonly string[],
): Promise<ConversionFact[]> {
  const { dialect } = conn;
  const read = (column: string, list: readonly string[]): Promise<ConversionFact[]> =>
    list.length === 0
      ? Promise.resolve([])
      : conn.query<ConversionFact>(
          `SELECT ${FIELDS} FROM "Conversion" c LEFT JOIN "OutboxMessage" m ON m."id" = c."postbackId"
           WHERE ${dialect.inList(`c."${column}"`, 1)} ORDER BY c."id"`,
          JSON.stringify(list),
        );
  const byOrder = await read('externalId', orders);
  const known = new Set(byOrder.map(({ id }) => id));
  return [
    ...byOrder,
    ...(await read(
      'id',
      ids.filter((id) => !known.has(id)),
    )),
  ];
}

/** Conversion ids and the payment ids that lead to them, also over another id of the same payment. */
async function byPayment(
  conn: Conn,
  keys: readonly string[],
  idKind: IdKind,
): Promise<Map<string, string[]>> {
  if (idKind === 'order') return new Map();
  const { dialect } = conn;
  const list = JSON.stringify(keys);
  const rows = await conn.query<{ key: string; conversionId: string }>(
    `SELECT p."paymentId" AS "key", p."conversionId" FROM "PaymentRef" p WHERE ${dialect.inList('p."paymentId"', 1)}
     UNION
     SELECT l."key", p."conversionId" FROM "PaymentLink" l JOIN "PaymentRef" p ON p."paymentId" = l."other"
     WHERE ${dialect.inList('l."key"', 2)}`,
    list,
    list,
  );
  return grouped(rows);
}

/** Conversion ids by the network's ids of their leads. */
async function byLead(
  conn: Conn,
  keys: readonly string[],
  accountId: string | null,
): Promise<Map<string, string[]>> {
  if (accountId === null) return new Map();
  const { dialect } = conn;
  const rows = await conn.query<{ key: string; conversionId: string }>(
    `SELECT "networkLeadId" AS "key", "conversionId" FROM "Lead"
     WHERE "accountId" = ${dialect.p(1)} AND ${dialect.inList('"networkLeadId"', 2)}`,
    accountId,
    JSON.stringify(keys),
  );
  return grouped(rows);
}

function grouped(rows: readonly { key: string; conversionId: string }[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { key, conversionId } of rows) {
    const list = owners.get(conversionId);
    if (list) list.push(key);
    else owners.set(conversionId, [key]);
  }
  return owners;
}
