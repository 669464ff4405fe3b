import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { minorToDecimal } from '#app/platform/money.ts';
import type { Disposition } from './schema.ts';

export interface RefundFacts {
  kind: 'refund' | 'chargeback' | 'fraud';
  amountCents: number | null;
  full: boolean | null;
}

export interface PostbackFacts {
  status: MessageStatus;
  /** True where an attempt may have reached the network, or is under way. */
  maySent: boolean;
}

export interface LeadFacts {
  holdState: string;
  disputing: boolean;
  /** True where the refund was known before the hold ended: the deadline was missed, the refund was not late. */
  knownInTime: boolean;
}

export interface Decision {
  action: 'none' | 'dispute' | 'cancel_postback' | 'record_loss';
  disposition: Disposition;
  explanation: string;
}

/**
 * Whether the whole order has been given back. `amountCents` is what was refunded of it so far: parts that add up
 * to the whole are a full refund, whatever the last of them says of itself. Null: it cannot be known, so a person
 * decides (RG-42).
 */
export function isFull(refund: RefundFacts, revenueCents: number | null): boolean | null {
  if (refund.kind !== 'refund' || refund.full === true) return true;
  if (refund.amountCents === null) return refund.full ?? true;
  if (revenueCents === null) return refund.full;
  return refund.amountCents >= revenueCents;
}

const none = (disposition: Disposition, explanation: string): Decision => ({
  action: 'none',
  disposition,
  explanation,
});

/**
 * What happens to a refund whose conversion is known (RG-41, RG-42; the default policy of CONTRACT.md): full
 * refunds, chargebacks and fraud reports are disputed at once, partial refunds ask a person. `decided` is true when
 * a person has already chosen to dispute.
 */
export function decideRefund(facts: {
  refund: RefundFacts;
  revenueCents: number | null;
  postback: PostbackFacts | null;
  lead: LeadFacts | null;
  canDispute: boolean;
  decided?: boolean;
}): Decision {
  const { postback, lead } = facts;
  if (!postback)
    return none('ignored', 'The order had no tracking code: nothing was sent, so nothing is owed.');
  if (postback.status === 'test')
    return none('ignored', 'It was a test conversion: no lead exists and nobody is paid.');
  const full = isFull(facts.refund, facts.revenueCents);
  const partial = partialWords(full, facts.refund, facts.revenueCents);
  if (lead) return decideForLead(lead, full === true, partial, facts.canDispute, facts.decided ?? false);
  if (postback.status === 'canceled')
    return none('canceled_before_send', 'Its postback was already canceled: nothing is owed.');
  if (full !== true && !facts.decided) return none('needs_review', partial);
  if (postback.status === 'delivered' || postback.status === 'duplicate') {
    return none(
      'needs_review',
      'The network accepted the conversion but its answer carried no lead id, so it cannot be disputed from here. Ask the network for the lead id.',
    );
  }
  if (!postback.maySent) {
    return {
      action: 'cancel_postback',
      disposition: 'canceled_before_send',
      explanation: 'The refund came before the network took the postback. It was canceled: nothing is owed.',
    };
  }
  return none('awaiting_lead', waitingWords(postback.status));
}

/** Why a person decides: how much was given back, as far as it is known. */
function partialWords(full: boolean | null, refund: RefundFacts, revenueCents: number | null): string {
  if (full === null)
    return 'Whether all was refunded is not known (the order has no amount). Dispute or let it pass.';
  const share =
    refund.amountCents !== null && revenueCents
      ? `${Math.min(99, Math.max(1, Math.round((refund.amountCents / revenueCents) * 100)))} %`
      : 'Part';
  return `${share} refunded; a dispute takes back the whole payout.`;
}

function waitingWords(status: MessageStatus): string {
  if (status === 'failed' || status === 'exhausted') {
    return 'No lead yet: its postback stopped after an attempt that may have reached the network. Retry it; the dispute follows when the lead lands.';
  }
  return 'No lead yet: its postback is on its way. It will be disputed when the lead lands.';
}

function decideForLead(
  lead: LeadFacts,
  full: boolean,
  partial: string,
  canDispute: boolean,
  decided: boolean,
): Decision {
  if (lead.holdState === 'disputed')
    return none('disputed', 'The lead is disputed: the affiliate is not paid.');
  if (lead.disputing) return none('disputing', 'A dispute of this lead is on its way.');
  if (lead.holdState === 'none') {
    return {
      action: 'record_loss',
      disposition: 'too_late',
      explanation:
        'The campaign has a holding period of zero days: the payout was released at once and cannot be taken back.',
    };
  }
  if (lead.holdState === 'released') {
    const explanation = lead.knownInTime
      ? 'The holding period ended before the refund could be disputed: the payout was released and cannot be taken back.'
      : 'The holding period had ended before the refund came: the payout can no longer be taken back.';
    return { action: 'record_loss', disposition: 'too_late', explanation };
  }
  if (!full && !decided) return none('needs_review', partial);
  if (!canDispute)
    return none('manual', 'This network takes no disputes by API: tell them, then mark it done.');
  return {
    action: 'dispute',
    disposition: 'disputing',
    explanation: 'The dispute is on its way to the network.',
  };
}

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
