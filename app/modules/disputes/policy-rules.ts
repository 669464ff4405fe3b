import { minorToDecimal } from '#app/platform/money.ts';
import { type Deed, MILDER, type RefundRules, type RuleKind } from './refund-policy-schema.ts';

/** Which rule of a policy decides about a refund, and until when its grace time lasts. Pure; client-safe. */

/** Where the rules were saved: for the campaign, for its account, or nowhere (the product's own). */
export type PolicyOrigin = 'campaign' | 'account' | 'default';

export interface RuleFacts {
  kind: 'refund' | 'chargeback' | 'fraud';
  /** Whether the whole order was given back; null where it cannot be known. */
  full: boolean | null;
  /** Given back of the order so far, in minor units of the order's currency. */
  refundedCents: number | null;
  revenueCents: number | null;
  currency: string | null;
}

export interface Ruling {
  by: RuleKind;
  deed: Deed;
  /** Which rule decided, in a sentence. */
  words: string;
  /** True where the order's campaign is not known yet, and some campaign has rules of its own: they may be others. */
  unsure?: boolean;
}

const NAMES: Record<RuleKind, string> = {
  full: 'full refunds',
  partial: 'partial refunds',
  chargeback: 'chargebacks',
  fraud: 'fraud reports',
};
const DEED_WORDS: Record<Deed, string> = {
  at_once: 'dispute at once',
  after_grace: 'dispute after a grace time',
  ask: 'ask a person',
  never: 'let them pass',
};
const ORIGINS: Record<PolicyOrigin, string> = {
  campaign: "the campaign's rule",
  account: "the account's rule",
  default: 'the standard rule',
};

/** The rule that decides about a refund (issue 4, point 4; RG-42). What cannot be told full or partial asks a person. */
export function ruleFor(rules: RefundRules, origin: PolicyOrigin, facts: RuleFacts): Ruling {
  const by = kindOf(facts);
  const said = rules[by].do;
  const unknown = facts.kind === 'refund' && facts.full === null;
  const small = by === 'partial' && !unknown && isBelow(rules.partialFrom, facts);
  const deed = unknown
    ? askUnless(rules)
    : small === true
      ? MILDER[said]
      : small === null
        ? doubtful(said)
        : said;
  const below = small === true ? `, below ${thresholdWords(rules.partialFrom)}` : '';
  const grace = deed === 'after_grace' ? ` of ${rules.graceHours} h` : '';
  return { by, deed, words: `By ${ORIGINS[origin]} for ${NAMES[by]}${below}: ${DEED_WORDS[deed]}${grace}.` };
}

function kindOf({ kind, full }: RuleFacts): RuleKind {
  if (kind !== 'refund') return kind;
  return full === true ? 'full' : 'partial';
}

/** Full or partial cannot be told: only where neither is ever disputed nobody need be asked. */
const askUnless = (rules: RefundRules): Deed =>
  rules.full.do === 'never' && rules.partial.do === 'never' ? 'never' : 'ask';

/** It cannot be told whether it reaches the threshold: nothing is disputed unasked. */
const doubtful = (deed: Deed): Deed => (deed === 'never' ? 'never' : 'ask');

function isBelow(from: RefundRules['partialFrom'], facts: RuleFacts): boolean | null {
  if (from === null) return false;
  if (facts.refundedCents === null) return null;
  if ('minor' in from) return facts.currency === from.currency ? facts.refundedCents < from.minor : null;
  return facts.revenueCents ? facts.refundedCents * 100 < from.percent * facts.revenueCents : null;
}

function thresholdWords(from: RefundRules['partialFrom']): string {
  if (from === null) return '';
  return 'percent' in from
    ? `${from.percent} %`
    : `${minorToDecimal(from.minor, from.currency)} ${from.currency}`;
}

const HOUR_MS = 3_600_000;

/** How far automatic disputes keep clear of a deadline. `skewMs`: the network's clock minus ours. */
export interface Safety {
  marginHours: number;
  skewMs: number;
}

/** When a dispute must have left at the latest: the margin before the deadline, by the clock that is ahead. */
export function decideBy(disputeBy: Date, { marginHours, skewMs }: Safety): Date {
  return new Date(disputeBy.getTime() - marginHours * HOUR_MS - Math.max(0, skewMs));
}

/** When the grace time ends: so many hours after the refund was heard of, but never into the margin. */
export function graceEnd(
  refund: { createdAt: Date },
  graceHours: number,
  lead: { disputeBy: Date | null; holdState: string } | null,
  safety: Safety,
): Date {
  const end = new Date(refund.createdAt.getTime() + graceHours * HOUR_MS);
  if (!lead?.disputeBy || lead.holdState !== 'pending_release') return end;
  const latest = decideBy(lead.disputeBy, safety);
  return latest < end ? latest : end;
}
