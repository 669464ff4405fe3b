import { minorToDecimal } from '#app/platform/money.ts';

/** What is written of a refund: the reason of its dispute, and what is doubtful about it. Pure; client-safe. */

/** The reason sent with a dispute: always with the refund's id (RG-36). At most 2000 characters. */
export function disputeReason(
  refund: {
    refundId: string;
    kind: string;
    amountCents: number | null;
    full: boolean | null;
    occurredAt: Date;
    note: string | null;
  },
  externalId: string,
  currency: string | null,
): string {
  const what =
    refund.kind === 'chargeback'
      ? 'Chargeback of'
      : refund.kind === 'fraud'
        ? 'Fraud reported for'
        : 'Buyer refunded';
  const idWord =
    refund.kind === 'chargeback' ? 'chargeback id' : refund.kind === 'fraud' ? 'report id' : 'refund id';
  const whole = refund.full ? 'full amount' : 'amount';
  const sum =
    refund.amountCents !== null && currency
      ? `${minorToDecimal(refund.amountCents, currency)} ${currency}`
      : `${refund.amountCents} minor units`;
  const amount = refund.amountCents === null ? '' : `, ${whole} ${sum}`;
  const note = refund.note ? `. ${refund.note}` : '';
  return `${what} ${externalId} (${idWord} ${refund.refundId}, processed ${refund.occurredAt.toISOString().slice(0, 10)}${amount})${note}`.slice(
    0,
    2000,
  );
}

/** The reason that the dispute dialog begins with: written from the refund, empty where there is none. Times are ISO. */
export function suggestedReason(lead: {
  externalId: string;
  currency: string | null;
  refund: {
    refundId: string;
    kind: string;
    amountCents: number | null;
    full: boolean | null;
    occurredAt: string;
    note: string | null;
  } | null;
}): string {
  return lead.refund
    ? disputeReason(
        { ...lead.refund, occurredAt: new Date(lead.refund.occurredAt) },
        lead.externalId,
        lead.currency,
      )
    : '';
}

/**
 * What is wrong with a refund beside its order, in words for a person; null where nothing is: it is in another
 * currency, more than the order was worth, or by hand the whole order and less than it. Amounts are integer minor units; `refundedCents` is the sum of all
 * refunds of the order, this one included.
 */
export function doubtAbout(
  refund: { kind: string; currency: string | null; full?: boolean | null; source?: string },
  refundedCents: number | null,
  order: { revenueCents: number | null; currency: string | null },
): string | null {
  if (refund.currency !== null && order.currency !== null && refund.currency !== order.currency)
    return `The refund is in ${refund.currency}, the order was in ${order.currency}: how much of it was given back cannot be known. Dispute or let it pass.`;
  if (refundedCents === null || order.revenueCents === null || order.currency === null) return null;
  if (refund.kind !== 'refund' || refundedCents === order.revenueCents) return null;
  const [given, worth] = [refundedCents, order.revenueCents].map(
    (minor) => `${minorToDecimal(minor, order.currency ?? '')} ${order.currency}`,
  );
  // a provider knows what it calls full (fees kept, gift cards); somebody who types it may have slipped
  if (refundedCents < order.revenueCents)
    return refund.full === true && refund.source === 'console'
      ? `It was reported as the whole order, yet ${given} is less than its ${worth}. A dispute takes back the whole payout. Dispute or let it pass.`
      : null;
  return `More was given back (${given}) than the order was worth (${worth}). Check that it is the right order. Dispute or let it pass.`;
}
