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

/** Under which a reversal is remembered that names only the payment of its chargeback. */
const chargebackOf = ({ kind, key }: PaymentKey): string => `chargeback of ${kind} ${key}`;

/** Remembered under the refund's id or its payment's, so that events in the wrong order come to the same. */
export async function rememberReversal(
  tx: Conn,
  ctx: Ctx,
  { refundId: own, keys, reversal, occurredAt }: EarlyInput,
): Promise<Kept> {
  const [payment] = keys ?? [];
  const refundId = own ?? (payment ? chargebackOf(payment) : null);
  if (refundId === null) return { kind: 'unknown' };
  const at = occurredAt ? new Date(occurredAt) : nowOf(ctx);
  await tx.prisma.earlyReversal.upsert({
    where: { refundId },
    create: { refundId, reversal, occurredAt: at, createdAt: nowOf(ctx) },
    update: { reversal, occurredAt: at },
  });
  return { kind: 'kept' };
}

/** The reversal that came before this refund, under any of its ids; it is remembered no longer. Null: none came. */
export async function takeEarlyReversal(
  tx: Conn,
  ids: readonly string[],
): Promise<{ reversal: Reversal; occurredAt: Date } | null> {
  const where = { refundId: { in: [...ids] } };
  const [early] = await tx.prisma.earlyReversal.findMany({ where, orderBy: { occurredAt: 'asc' } });
  if (!early) return null;
  await tx.prisma.earlyReversal.deleteMany({ where });
  return { reversal: early.reversal as Reversal, occurredAt: early.occurredAt };
}

/** Applies a reversal that came before its refund. Answers the disposition, or null where there was none. */
export async function applyEarlyReversal(
  tx: Conn,
  ctx: Ctx,
  refund: RefundRow,
  keys: readonly PaymentKey[] = [],
): Promise<string | null> {
  const payments = refund.kind === 'chargeback' ? keys.map(chargebackOf) : [];
  const early = await takeEarlyReversal(tx, [refund.refundId, ...payments]);
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
