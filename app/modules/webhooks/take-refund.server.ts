import {
  type DisputeDeps,
  matchRefund,
  type PaymentKey,
  reverseByOtherId,
  takeRefund,
} from '#app/modules/disputes/index.server.ts';
import { type Ctx, SYSTEM } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { claimOfTotal, partOfTotal } from './charge-total.server.ts';
import type { EndpointRow } from './endpoint-rows.server.ts';
import { addKeys, linkedKeys } from './links.server.ts';
import { failed, handled, ignored, type Processed } from './processed.ts';
import type { FoundRefund } from './sources/types.ts';

/**
 * Takes in a refund or chargeback with its own id. The same one reported by another door, or told before by its
 * charge's total, is that one (RG-39).
 */
export async function takeFoundRefund(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  endpoint: EndpointRow,
  found: FoundRefund,
): Promise<Processed> {
  const keys = await linkedKeys(tx, found.keys);
  const unpaid = found.onlyIfConverted ? await neverPaid(tx, endpoint, found) : null;
  if (unpaid) return ignored(unpaid);
  const same = await reportedBefore(tx, found, keys);
  if (same) return same;
  const twin = found.refundKind === 'refund' ? await claimOfTotal(tx, found) : null;
  if (twin) return sameAsTotal(tx, ctx, twin.id, found.refundId);
  return takeNew(tx, ctx, deps, endpoint, {
    refundId: found.refundId,
    kind: found.refundKind,
    amountCents: found.amountCents,
    currency: found.currency,
    full: found.full,
    keys,
    occurredAt: found.occurredAt,
    note: found.note,
    ask: found.ask,
  });
}

/** Why a payment that failed takes nothing back; null where it does. */
async function neverPaid(tx: Conn, endpoint: EndpointRow, found: FoundRefund): Promise<string | null> {
  const { keys } = found;
  const match = await matchRefund(tx, {
    externalId: null,
    paymentId: null,
    keys,
    accountId: endpoint.accountId,
  });
  if (!match) return 'This payment was never reported as a conversion, so nothing is owed.';
  const { occurredAt } = await tx.prisma.conversion.findUniqueOrThrow({
    where: { id: match.conversionId },
    select: { occurredAt: true },
  });
  return found.occurredAt !== null && Date.parse(found.occurredAt) <= occurredAt.getTime()
    ? 'An earlier attempt to pay failed; the payment went through after it, so it stays a conversion.'
    : null;
}

/** The refund of this id that is known already, from this provider or from the shop itself; it learns the new ids. */
async function reportedBefore(
  tx: Conn,
  found: FoundRefund,
  keys: readonly PaymentKey[],
): Promise<Processed | null> {
  const known = await tx.prisma.refund.findUnique({ where: { refundId: found.refundId } });
  if (!known) return null;
  const sum = numberOrNull(known.amountCents);
  const agrees = sum === null || found.amountCents === null || sum === found.amountCents;
  if (known.kind !== found.refundKind || !agrees) return null;
  await addKeys(tx, known.id, keys);
  return handled({ kind: 'refund', id: known.id, words: `It is known already. ${known.explanation}` });
}

/** One refund, not two: it was told before as part of its charge's total. */
async function sameAsTotal(tx: Conn, ctx: Ctx, id: string, refundId: string): Promise<Processed> {
  const part = await partOfTotal(tx, refundId);
  const reversed = part ? null : await reverseByOtherId(tx, ctx, { refundId, actor: SYSTEM });
  if (!reversed) {
    const early = part && (await tx.prisma.earlyReversal.findUnique({ where: { refundId } }));
    if (early) return failed(part);
    const words = 'The same refund was already told by its charge: one refund, not two.';
    return handled({ kind: 'refund', id, words });
  }
  const { explanation: words } = await tx.prisma.refund.findUniqueOrThrow({
    where: { id },
    select: { explanation: true },
  });
  return handled({ kind: 'reversal', id, words });
}

export interface NewRefund {
  refundId: string;
  kind: 'refund' | 'chargeback';
  amountCents: number | null;
  currency: string | null;
  full: boolean | null;
  keys: PaymentKey[];
  occurredAt: string | null;
  note: string | null;
  ask: string | null;
}

/** Hands a refund to disputes, for the account that the endpoint reports to. */
export async function takeNew(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  endpoint: EndpointRow,
  refund: NewRefund,
): Promise<Processed> {
  const { amountCents, full, occurredAt, note, ...rest } = refund;
  const taken = await takeRefund(tx, ctx, deps, {
    body: {
      ...rest,
      accountId: endpoint.accountId,
      ...(amountCents === null ? {} : { amountCents }),
      ...(full === null ? {} : { full }),
      ...(occurredAt === null ? {} : { occurredAt }),
      ...(note === null ? {} : { note }),
    },
    source: endpoint.source,
    actor: SYSTEM,
  });
  // not thrown: what came is kept for triage on this transaction
  if (taken.kind === 'conflict') return failed(taken.message);
  const { explanation: words } = await tx.prisma.refund.findUniqueOrThrow({
    where: { id: taken.id },
    select: { explanation: true },
  });
  return handled({ kind: 'refund', id: taken.id, words });
}
