import { matchRefund, type PaymentKey } from '#app/modules/disputes/index.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { minorToDecimal } from '#app/platform/money.ts';
import type { FoundRefund } from './sources/types.ts';

/**
 * Refunds that only a charge's running total told of, and how the refunds behind it are found in them when they are
 * told by their own ids. Keys of the kind `refund` are other ids of a refund; `part` says how much of it each is.
 */
export interface KnownRefund {
  id: string;
  refundId: string;
  amountCents: number | bigint | null;
  currency: string | null;
  reversal: string | null;
  reversedAt: Date | number | null;
  occurredAt: Date | number;
}

const COLUMNS =
  'r."id", r."refundId", r."amountCents", r."currency", r."reversal", r."reversedAt", r."occurredAt"';

/** Id of a refund that only a charge's total told of. */
export const totalId = (charge: string, totalCents: number): string => `${charge}:refunded:${totalCents}`;
const isOfTotal = (refundId: string): boolean => /:refunded:\d+$/.test(refundId);

/** Whether an id is a payment's own, of which a provider keeps a running total. */
const isPayment = ({ kind }: PaymentKey): boolean => kind === 'charge' || kind === 'payment_intent';

/**
 * The refunds known of a payment: those that name it, and those of its order that name no payment at all (a shop
 * that reports its refunds itself).
 */
export async function refundsOfPayment(tx: Conn, keys: readonly PaymentKey[]): Promise<KnownRefund[]> {
  // COALESCE keeps SQLite from beginning with all refunds that are no copies
  const named = await tx.query<KnownRefund>(
    `SELECT DISTINCT ${COLUMNS} FROM "RefundKey" k JOIN "Refund" r ON r."id" = k."refundId"
     WHERE ${tx.dialect.inList('k."key"', 1)} AND k."kind" IN ('charge', 'payment_intent') AND r."kind" = 'refund' AND COALESCE(r."copyOf", '') = '' ORDER BY r."id"`,
    JSON.stringify(keys.filter(isPayment).map(({ key }) => key)),
  );
  const match = await matchRefund(tx, { externalId: null, paymentId: null, keys });
  if (!match) return named;
  const unnamed = await tx.query<KnownRefund>(
    `SELECT ${COLUMNS} FROM "Refund" r WHERE r."conversionId" = ${tx.dialect.p(1)} AND r."kind" = 'refund' AND COALESCE(r."copyOf", '') = ''
       AND NOT EXISTS (SELECT 1 FROM "RefundKey" k WHERE k."refundId" = r."id" AND k."kind" IN ('charge', 'payment_intent')) ORDER BY r."id"`,
    match.conversionId,
  );
  return [...named, ...unnamed];
}

const amountOf = (one: Pick<KnownRefund, 'amountCents'>): number => Number(one.amountCents ?? 0);

/**
 * How much of a total is not known yet. A refund that failed after the total was told was in it; one that had failed
 * before is in it no more. A known refund without an amount is taken for the whole.
 */
export function restOf(totalCents: number, toldAt: string | null, known: readonly KnownRefund[]): number {
  const counted = known.filter(
    (one) =>
      one.reversal === null ||
      (toldAt !== null && one.reversedAt !== null && timeOf(one.reversedAt) > Date.parse(toldAt)),
  );
  if (counted.some((one) => one.amountCents === null)) return 0;
  return totalCents - counted.reduce((sum, one) => sum + amountOf(one), 0);
}

const timeOf = (time: Date | number): number => new Date(time).getTime();

/**
 * The refund that a charge's total told of and that this one is in; it carries this one's id from then on. Null: it
 * was not in any. One that was made after a total was told is not in it.
 */
export async function claimOfTotal(tx: Conn, found: FoundRefund): Promise<KnownRefund | null> {
  const known = await refundsOfPayment(tx, found.keys);
  const alias = await tx.prisma.refundKey.findFirst({ where: { key: found.refundId, kind: 'refund' } });
  if (alias) return known.find((one) => one.id === alias.refundId) ?? null;
  if (known.some((one) => one.refundId === found.refundId)) return null;
  const madeAt = found.occurredAt === null ? null : Date.parse(found.occurredAt);
  const amount = found.amountCents ?? 0;
  let best: { one: KnownRefund; free: number } | null = null;
  for (const one of known) {
    if (!isOfTotal(one.refundId) || (madeAt !== null && madeAt > timeOf(one.occurredAt))) continue;
    const free = amountOf(one) - (await claimedOf(tx, one.id));
    if (amount <= free && (best === null || free < best.free)) best = { one, free };
  }
  if (!best) return null;
  const { id: refundId } = best.one;
  await tx.prisma.refundKey.createMany({
    data: [
      { refundId, kind: 'refund', key: found.refundId },
      { refundId, kind: 'part', key: partKey(amount, found.refundId) },
    ],
  });
  return best.one;
}

const partKey = (amountCents: number, refundId: string): string => `${amountCents} ${refundId}`;

async function claimedOf(tx: Conn, refundId: string): Promise<number> {
  const parts = await tx.prisma.refundKey.findMany({ where: { refundId, kind: 'part' } });
  return parts.reduce((sum, { key }) => sum + Number.parseInt(key, 10), 0);
}

/**
 * Why a reversal of this refund cannot be applied by itself: it is only one part of what a charge's total told of as
 * one refund. Null where it can.
 */
export async function partOfTotal(tx: Conn, refundId: string): Promise<string | null> {
  const alias = await tx.prisma.refundKey.findFirst({ where: { key: refundId, kind: 'refund' } });
  const whole = alias && (await tx.prisma.refund.findUnique({ where: { id: alias.refundId } }));
  if (!whole) return null;
  const parts = await tx.prisma.refundKey.findMany({ where: { refundId: whole.id, kind: 'part' } });
  const own = parts.find(({ key }) => key.endsWith(` ${refundId}`));
  const amount = own ? Number.parseInt(own.key, 10) : amountOf(whole);
  if (amount === amountOf(whole) || whole.currency === null) return null;
  const money = (cents: number): string =>
    `${minorToDecimal(cents, whole.currency ?? 'USD')} ${whole.currency}`;
  return `Of the refund ${whole.refundId} (${money(amountOf(whole))}) only ${money(amount)} did not go through. Decide by hand what becomes of its lead.`;
}
