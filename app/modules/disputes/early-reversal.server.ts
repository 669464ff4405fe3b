import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { PaymentKey, Reversal } from './schema.ts';

interface EarlyInput {
  refundId: string | null;
  reversal: Reversal;
  keys?: readonly PaymentKey[];
  occurredAt?: string | null;
}

type Kept = { kind: 'kept' } | { kind: 'unknown' };

type RefundRow = NonNullable<Awaited<ReturnType<Conn['prisma']['refund']['findUnique']>>>;

export const REVERSAL_WORDS: Record<Reversal, string> = {
  won: 'The chargeback was won back',
  failed: 'The refund did not go through',
};

/** Reversals of one payment that can wait at once: it may have had several chargebacks. */
const PLACES = 5;

/** Under which reversals are remembered that name only the payment of their chargeback. */
const placesOf = ({ kind, key }: PaymentKey): string[] =>
  Array.from({ length: PLACES }, (_, i) => `chargeback of ${kind} ${key}${i === 0 ? '' : ` #${i + 1}`}`);

/** Remembered under the refund's id or its payment's, so that events in the wrong order come to the same. */
export async function rememberReversal(
  tx: Conn,
  ctx: Ctx,
  { refundId: own, keys, reversal, occurredAt }: EarlyInput,
): Promise<Kept> {
  const [payment] = keys ?? [];
  const at = occurredAt ? new Date(occurredAt) : nowOf(ctx);
  const refundId = own ?? (payment ? await placeFor(tx, payment, at) : null);
  if (refundId === null) return { kind: 'unknown' };
  await tx.prisma.earlyReversal.upsert({
    where: { refundId },
    create: { refundId, reversal, occurredAt: at, createdAt: nowOf(ctx) },
    update: { reversal, occurredAt: at },
  });
  return { kind: 'kept' };
}

/** Where a payment's reversal of that moment is kept: told twice it is one; without room the oldest goes. */
async function placeFor(tx: Conn, payment: PaymentKey, at: Date): Promise<string> {
  const places = placesOf(payment);
  const taken = await tx.prisma.earlyReversal.findMany({
    where: { refundId: { in: places } },
    orderBy: { occurredAt: 'asc' },
  });
  const same = taken.find(({ occurredAt }) => occurredAt.getTime() === at.getTime());
  const free = places.find((place) => taken.every(({ refundId }) => refundId !== place));
  return same?.refundId ?? free ?? (taken[0]?.refundId as string);
}

/**
 * The reversal that came before this refund, under its own id or (`chargeback`) as that of its payment's; it is
 * remembered no longer. One that names only the payment belongs to a chargeback that began before it: what was won
 * earlier stays remembered for its own. Null: none came.
 */
export async function takeEarlyReversal(
  tx: Conn,
  refundId: string,
  chargeback?: { keys: readonly PaymentKey[]; began: Date },
): Promise<{ reversal: Reversal; occurredAt: Date } | null> {
  const places = chargeback?.keys.flatMap(placesOf) ?? [];
  const found = await tx.prisma.earlyReversal.findMany({
    where: { refundId: { in: [refundId, ...places] } },
    orderBy: { occurredAt: 'asc' },
  });
  const own = found.find((one) => one.refundId === refundId);
  const ofPayment = found.find(
    (one) => one !== own && chargeback !== undefined && one.occurredAt >= chargeback.began,
  );
  const early = own ?? ofPayment;
  if (!early) return null;
  // Paddle tells one reversal both ways
  const used = [own, ofPayment].flatMap((one) => (one ? [one.refundId] : []));
  await tx.prisma.earlyReversal.deleteMany({ where: { refundId: { in: used } } });
  return { reversal: early.reversal as Reversal, occurredAt: early.occurredAt };
}

/** Applies a reversal that came before its refund. Answers the disposition, or null where there was none. */
export async function applyEarlyReversal(
  tx: Conn,
  ctx: Ctx,
  refund: RefundRow,
  keys: readonly PaymentKey[] = [],
): Promise<string | null> {
  const early = await takeEarlyReversal(
    tx,
    refund.refundId,
    refund.kind === 'chargeback' ? { keys, began: refund.occurredAt } : undefined,
  );
  if (!early) return null;
  await tx.prisma.refund.update({
    where: { id: refund.id },
    data: {
      disposition: 'ignored',
      explanation: `${REVERSAL_WORDS[early.reversal]}: nothing is disputed.`,
      reversal: early.reversal,
      reversedAt: early.occurredAt,
      updatedAt: nowOf(ctx),
    },
  });
  return 'ignored';
}
