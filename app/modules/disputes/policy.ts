import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Ruling, ruleFor } from './policy-rules.ts';
import { DEFAULT_RULES } from './refund-policy-schema.ts';
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

export interface RefundCase {
  refund: RefundFacts;
  revenueCents: number | null;
  postback: PostbackFacts | null;
  lead: LeadFacts | null;
  canDispute: boolean;
  /** Why a person must decide, whatever else would be done; null where nobody need. */
  ask?: string | null;
  /** Why it may be of another order: a person chooses before anything else is said of this one. */
  matchDoubt?: string | null;
  /** A person has already chosen to dispute. */
  decided?: boolean;
  /** The rule that decides; the standard one where left out. */
  ruling?: Ruling;
  /** End of the grace time while it lasts; null once it is over. */
  graceUntil?: Date | null;
}

/**
 * What happens to a refund whose conversion is known (RG-41, RG-42): what the campaign's policy says, unless a person
 * must decide or has decided. The explanation names the rule.
 */
export function decideRefund(facts: RefundCase): Decision {
  const { postback, lead } = facts;
  if (!postback)
    return none('ignored', 'The order had no tracking code: nothing was sent, so nothing is owed.');
  if (postback.status === 'test')
    return none('ignored', 'It was a test conversion: no lead exists and nobody is paid.');
  if (facts.matchDoubt && !facts.decided) return none('needs_review', facts.matchDoubt);
  const full = isFull(facts.refund, facts.revenueCents);
  const ruling = facts.ruling ?? standardRuling(facts, full);
  const how = wayOf(facts, ruling, full);
  if (lead) return decideForLead(lead, how, facts);
  if (postback.status === 'canceled')
    return none('canceled_before_send', 'Its postback was already canceled: nothing is owed.');
  if (ruling.unsure && !facts.decided && !facts.ask && !ANSWERED.includes(postback.status))
    return none('awaiting_lead', WHICH_CAMPAIGN);
  if (how.way === 'pass') return none('ignored', how.words);
  if (how.way === 'ask') return none('needs_review', how.words);
  if (postback.status === 'delivered' || postback.status === 'duplicate') {
    return none(
      'needs_review',
      'The network accepted the conversion but its answer carried no lead id, so it cannot be disputed from here. Ask the network for the lead id.',
    );
  }
  if (how.way === 'wait') return none('in_grace', how.words);
  if (!postback.maySent) {
    return {
      action: 'cancel_postback',
      disposition: 'canceled_before_send',
      explanation: `The refund came before the network took the postback. It was canceled: nothing is owed.${how.rule}`,
    };
  }
  return none('awaiting_lead', `${waitingWords(postback.status)}${how.rule}`);
}

function standardRuling(facts: RefundCase, full: boolean | null): Ruling {
  const { kind, amountCents } = facts.refund;
  const { revenueCents } = facts;
  return ruleFor(DEFAULT_RULES, 'default', {
    kind,
    full,
    refundedCents: amountCents,
    revenueCents,
    currency: null,
  });
}

/** What is to be done before it is asked whether it can be: dispute, wait for the grace time, ask, or let pass. */
interface Way {
  way: 'dispute' | 'wait' | 'ask' | 'pass';
  words: string;
  /** The rule that decided, to go behind other words; empty where a person did. */
  rule: string;
}

function wayOf(facts: RefundCase, ruling: Ruling, full: boolean | null): Way {
  if (facts.decided) return { way: 'dispute', words: '', rule: '' };
  const rule = ` ${ruling.words}`;
  if (facts.ask) return { way: 'ask', words: facts.ask, rule };
  if (ruling.deed === 'never')
    return { way: 'pass', words: `The affiliate is paid: nothing is disputed.${rule}`, rule };
  if (ruling.deed === 'ask')
    return { way: 'ask', words: `${askWords(full, facts.refund, facts.revenueCents)}${rule}`, rule };
  if (ruling.deed === 'after_grace' && facts.graceUntil) {
    const at = facts.graceUntil.toISOString().slice(0, 16).replace('T', ' ');
    return {
      way: 'wait',
      words: `It is disputed by itself after ${at} UTC, unless it is decided or its rule is changed before.${rule}`,
      rule,
    };
  }
  return { way: 'dispute', words: '', rule };
}

function askWords(full: boolean | null, refund: RefundFacts, revenueCents: number | null): string {
  if (refund.kind === 'chargeback') return 'The buyer charged it back. Dispute or let it pass.';
  if (refund.kind === 'fraud') return 'It was reported as fraud. Dispute or let it pass.';
  return full === true
    ? 'All was refunded; a dispute takes back the whole payout.'
    : partialWords(full, refund, revenueCents);
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

/** With such an answer no lead comes by itself that would tell the campaign. */
const ANSWERED: readonly MessageStatus[] = ['failed', 'delivered', 'duplicate'];
const WHICH_CAMPAIGN =
  'No lead yet, and only the lead tells which campaign the order belongs to. The rule of that campaign decides when it lands.';

function waitingWords(status: MessageStatus): string {
  if (status === 'failed' || status === 'exhausted') {
    return 'No lead yet: its postback stopped after an attempt that may have reached the network. Retry it; the dispute follows when the lead lands.';
  }
  return 'No lead yet: its postback is on its way. It will be disputed when the lead lands.';
}

function decideForLead(lead: LeadFacts, how: Way, { canDispute }: RefundCase): Decision {
  if (lead.holdState === 'disputed')
    return none('disputed', 'The lead is disputed: the affiliate is not paid.');
  if (lead.disputing) return none('disputing', 'A dispute of this lead is on its way.');
  // what nobody wanted back is no loss
  if (how.way === 'pass') return none('ignored', how.words);
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
  if (how.way === 'ask') return none('needs_review', how.words);
  if (!canDispute)
    return none('manual', 'This network takes no disputes by API: tell them, then mark it done.');
  if (how.way === 'wait') return none('in_grace', how.words);
  return {
    action: 'dispute',
    disposition: 'disputing',
    explanation: `The dispute is on its way to the network.${how.rule}`,
  };
}
