import type { Conn } from '#app/platform/db/store.server.ts';
import { KEY_KINDS, type KeyKind, ONE_PAYMENT, type PaymentKey } from './schema.ts';

/** Everything by which a refund may find its conversion. */
export interface RefundSearch {
  externalId: string | null;
  paymentId: string | null;
  keys?: readonly PaymentKey[];
  /** The account whose provider told of it; null where anybody's order may be meant. */
  accountId?: string | null;
  /** True where all of the payment was given back, so that it need not be known which of its orders is meant. */
  whole?: boolean;
}

/**
 * `by`: which kind of id led there. `doubt`: why a person must look before anything is disputed. `others`: further
 * reports of the same order, at another campaign or account; their leads are owed back as well.
 */
export interface Match {
  conversionId: string;
  others: string[];
  by: KeyKind | 'payment' | 'hand';
  doubt: string | null;
}

interface Found {
  id: string;
  accountId: string;
  externalId: string;
  postbackId: string | null;
}

/** Conversions looked at for one id. */
const LOOKED = 50;
const FIELDS = { id: true, accountId: true, externalId: true, postbackId: true } as const;

/**
 * Finds the conversion of a refund (RG-40): by the order's id first, then by the id that says most. A subscription
 * has many payments, so with several conversions under it a person decides. Null: none is known yet.
 */
export async function matchRefund(conn: Conn, search: RefundSearch): Promise<Match | null> {
  for (const { kind, key } of tries(search)) {
    const { all, by } = kind === 'order' ? await byOrder(conn, key) : await byPayment(conn, key, kind);
    if (all.length === 0) continue;
    const own = search.accountId ? all.filter((one) => one.accountId === search.accountId) : all;
    const found = own.length > 0 ? own : all;
    // a report that sent something says more than one that had no tracking code
    const first = found.find((one) => one.postbackId !== null) ?? found[0];
    if (!first) continue;
    const doubt = doubtOf(by, own, search) ?? (await otherPayment(conn, by, first, search));
    const others = doubt === null ? await otherReports(conn, first, own, search) : [];
    return { conversionId: first.id, others, by, doubt };
  }
  return null;
}

function doubtOf(by: Match['by'], own: readonly Found[], search: RefundSearch): string | null {
  if (own.length === 0)
    return 'The order with this id was reported to another account than the one this refund came for. Check whether they belong together.';
  const orders = new Set(own.map((one) => one.externalId));
  if (orders.size === 1) return null;
  const many = `${orders.size === LOOKED ? 'many' : orders.size} reported`;
  const named = [...orders].slice(0, 5).join(', ');
  if (by === 'subscription')
    return `The subscription has ${many} payments (${named}), and the refund does not say which one is meant.`;
  if (search.whole && ONE_PAYMENT.includes(by as KeyKind)) return null;
  return `The payment has ${many} orders (${named}), and the refund does not say which one is meant.`;
}

/** Found by its subscription alone, though it names a payment: is it that of the order? */
async function otherPayment(
  conn: Conn,
  by: Match['by'],
  first: Found,
  search: RefundSearch,
): Promise<string | null> {
  if (by !== 'subscription') return null;
  const named = (search.keys ?? []).filter(({ kind }) => ONE_PAYMENT.includes(kind));
  if (named.length === 0) return null;
  const known = await conn.prisma.paymentRef.findMany({
    where: { conversionId: first.id, kind: { in: named.map(({ kind }) => kind) } },
    select: { kind: true },
  });
  const other = named.find(({ kind }) => known.some((one) => one.kind === kind));
  return other
    ? `It is of the same subscription as the order ${first.externalId}, but of another payment (${other.key}), which was not reported. Dispute or let it pass.`
    : null;
}

/** The further conversions that the refund takes back: those found with it, and all reports of the same orders. */
async function otherReports(
  conn: Conn,
  first: Found,
  own: readonly Found[],
  search: RefundSearch,
): Promise<string[]> {
  const reports = await conn.prisma.conversion.findMany({
    where: {
      externalId: { in: [...new Set(own.map((one) => one.externalId))] },
      ...(search.accountId ? { accountId: search.accountId } : {}),
    },
    take: LOOKED,
    select: FIELDS,
  });
  const ids = [...own, ...reports].filter((one) => one.postbackId !== null).map((one) => one.id);
  return [...new Set(ids)].filter((id) => id !== first.id).sort();
}

function tries(search: RefundSearch): { kind: KeyKind | 'payment'; key: string }[] {
  const out: { kind: KeyKind | 'payment'; key: string }[] = [];
  if (search.externalId) out.push({ kind: 'order', key: search.externalId });
  if (search.paymentId) out.push({ kind: 'payment', key: search.paymentId });
  for (const kind of KEY_KINDS)
    for (const one of search.keys ?? []) if (one.kind === kind) out.push({ kind, key: one.key });
  return out;
}

/** By externalId, else by an order number that came as a payment id. Newest first. */
async function byOrder(conn: Conn, key: string): Promise<{ all: Found[]; by: Match['by'] }> {
  const all = await conn.prisma.conversion.findMany({
    where: { externalId: key },
    orderBy: { id: 'desc' },
    take: LOOKED,
    select: FIELDS,
  });
  return all.length > 0 ? { all, by: 'order' } : byPayment(conn, key, 'order');
}

async function byPayment(
  conn: Conn,
  key: string,
  kind: KeyKind | 'payment',
): Promise<{ all: Found[]; by: Match['by'] }> {
  const { dialect } = conn;
  const refs = await conn.query<{ conversionId: string; kind: string | null }>(
    `SELECT "conversionId", "kind" FROM "PaymentRef" WHERE "paymentId" = ${dialect.p(1)} ORDER BY "conversionId" DESC LIMIT ${LOOKED}`,
    key,
  );
  const told = refs.find((row) => row.kind !== null)?.kind as KeyKind | undefined;
  const by = kind === 'payment' ? (told ?? kind) : kind;
  if (refs.length === 0) {
    // the reporter may have taken the provider's id for the order's
    const externalId = kind === 'order' ? null : key;
    const all =
      externalId === null
        ? []
        : await conn.prisma.conversion.findMany({
            where: { externalId },
            orderBy: { id: 'desc' },
            take: LOOKED,
            select: FIELDS,
          });
    return { all, by };
  }
  const all = await conn.prisma.conversion.findMany({
    where: { id: { in: refs.map((row) => row.conversionId) } },
    orderBy: { id: 'desc' },
    select: FIELDS,
  });
  return { all, by };
}
