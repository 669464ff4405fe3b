import {
  type Deed,
  MILDER,
  type RefundRules,
  RULE_KINDS,
  type RuleKind,
} from '#app/modules/disputes/refund-policy-schema.ts';
import { formatMoney } from '#app/platform/money.ts';

/** What the rules of a campaign mean, in sentences for people. Pure. */

export const KIND_WORDS: Record<RuleKind, { label: string; help: string }> = {
  full: { label: 'Full refunds', help: 'The whole order was given back.' },
  partial: { label: 'Partial refunds', help: 'A part of the order was given back; all parts of it count.' },
  chargeback: { label: 'Chargebacks', help: 'The buyer’s bank took the money back.' },
  fraud: { label: 'Fraud reports', help: 'The provider or you call the order fraudulent.' },
};

export const DEED_LABELS: Record<Deed, string> = {
  at_once: 'Dispute at once',
  after_grace: 'Dispute after a grace time',
  ask: 'Ask a person',
  never: 'Never dispute',
};

/** "30 % of the order" or "$20.00". */
export const thresholdWords = (from: NonNullable<RefundRules['partialFrom']>): string =>
  'percent' in from ? `${from.percent} % of the order` : formatMoney(from.minor, from.currency);

function happens(deed: Deed, graceHours: number, marginHours: number): string {
  if (deed === 'at_once') return 'are disputed at once; nobody is asked.';
  if (deed === 'after_grace')
    return `are disputed ${hours(graceHours)} after they are known, or ${hours(marginHours)} before the deadline if that is sooner. Until then they can be let pass.`;
  if (deed === 'ask')
    return 'wait for a person under Refunds. Undecided when the hold ends, the payout is lost.';
  return 'are let pass: the affiliate is paid, and it is no loss.';
}

/** "1 hour", "48 hours", "3 days". */
export function hours(count: number): string {
  if (count >= 72 && count % 24 === 0) return `${count / 24} days`;
  return count === 1 ? '1 hour' : `${count} hours`;
}

export interface Sentence {
  kind: RuleKind | 'small';
  deed: Deed;
  /** What it is about: "Partial refunds from 30 % of the order on". */
  about: string;
  /** What happens to it. */
  text: string;
}

/** One sentence for each kind of refund, and one for small partial refunds where there is a threshold. */
export function sentencesOf(rules: RefundRules, marginHours: number): Sentence[] {
  return RULE_KINDS.flatMap((kind): Sentence[] => {
    const deed = rules[kind].do;
    const say = (about: string, what: Deed, key: Sentence['kind']): Sentence => ({
      kind: key,
      deed: what,
      about,
      text: happens(what, rules.graceHours, marginHours),
    });
    const from = kind === 'partial' ? rules.partialFrom : null;
    // what is never disputed is so whatever its size
    if (from === null || deed === 'never') return [say(KIND_WORDS[kind].label, deed, kind)];
    const threshold = thresholdWords(from);
    return [
      say(`Partial refunds from ${threshold} on`, deed, kind),
      say(`Partial refunds below ${threshold}`, MILDER[deed], 'small'),
    ];
  });
}

/** Where rules come from, for people. */
export const ORIGIN_WORDS = {
  campaign: 'its own rules',
  account: 'the account’s rules',
  default: 'the standard rules',
} as const;
