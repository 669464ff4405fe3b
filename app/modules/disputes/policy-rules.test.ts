import { describe, expect, test } from 'vitest';
import { decideRefund } from './policy.ts';
import { decideBy, graceEnd, ruleFor } from './policy-rules.ts';
import { DEFAULT_RULES, type RefundRules, refundRulesSchema } from './refund-policy-schema.ts';

const rules = (fields: Partial<RefundRules>): RefundRules => ({ ...DEFAULT_RULES, ...fields });
const facts = (fields: Partial<Parameters<typeof ruleFor>[2]> = {}) => ({
  kind: 'refund' as const,
  full: true,
  refundedCents: 4900,
  revenueCents: 4900,
  currency: 'USD',
  ...fields,
});
const part = (refundedCents: number | null) => facts({ full: false, refundedCents });

describe('ruleFor', () => {
  test.each([
    ['RG-42 full refunds at once', DEFAULT_RULES, facts(), 'full', 'at_once'],
    ['RG-42 partial refunds ask', DEFAULT_RULES, part(100), 'partial', 'ask'],
    ['chargebacks at once', DEFAULT_RULES, facts({ kind: 'chargeback' }), 'chargeback', 'at_once'],
    ['fraud at once', DEFAULT_RULES, facts({ kind: 'fraud' }), 'fraud', 'at_once'],
    ['unknown share asks', rules({ partial: { do: 'at_once' } }), facts({ full: null }), 'partial', 'ask'],
    [
      'unknown share where neither is disputed',
      rules({ full: { do: 'never' }, partial: { do: 'never' } }),
      facts({ full: null }),
      'partial',
      'never',
    ],
    [
      'at the threshold the rule holds',
      rules({ partial: { do: 'at_once' }, partialFrom: { percent: 50 } }),
      part(2450),
      'partial',
      'at_once',
    ],
    [
      'a cent below it asks',
      rules({ partial: { do: 'at_once' }, partialFrom: { percent: 50 } }),
      part(2449),
      'partial',
      'ask',
    ],
    [
      'below a threshold of asking it is let pass',
      rules({ partialFrom: { minor: 500, currency: 'USD' } }),
      part(499),
      'partial',
      'never',
    ],
    [
      'a sum in another currency asks',
      rules({ partial: { do: 'at_once' }, partialFrom: { minor: 500, currency: 'EUR' } }),
      part(499),
      'partial',
      'ask',
    ],
    [
      'an unknown sum asks',
      rules({ partial: { do: 'after_grace' }, partialFrom: { percent: 10 } }),
      part(null),
      'partial',
      'ask',
    ],
  ] as const)('%s', (_name, given, refund, by, deed) => {
    expect(ruleFor(given, 'campaign', refund)).toMatchObject({ by, deed });
  });

  test('the words name the rule, its place and its threshold', () => {
    const given = rules({ partial: { do: 'after_grace' }, partialFrom: { percent: 50 }, graceHours: 12 });
    expect(ruleFor(given, 'campaign', part(4000)).words).toBe(
      "By the campaign's rule for partial refunds: dispute after a grace time of 12 h.",
    );
    expect(ruleFor(given, 'account', part(100)).words).toBe(
      "By the account's rule for partial refunds, below 50 %: ask a person.",
    );
  });

  test.each([
    [{ graceHours: 0 }],
    [{ graceHours: 721 }],
    [{ graceHours: 1.5 }],
    [{ partialFrom: { percent: 0 } }],
    [{ partialFrom: { percent: 101 } }],
    [{ partialFrom: { minor: 0, currency: 'USD' } }],
    [{ partialFrom: { minor: 100, currency: 'usd' } }],
    [{ full: { do: 'sometimes' } }],
    [{ more: 1 }],
  ])('rules that are wrong are refused: %o', (fields) => {
    expect(refundRulesSchema.safeParse({ ...DEFAULT_RULES, ...fields }).success).toBe(false);
  });
});

describe('decideRefund by rule', () => {
  const lead = { holdState: 'pending_release', disputing: false, knownInTime: true };
  const base = {
    refund: { kind: 'refund' as const, amountCents: null, full: true },
    revenueCents: 4900,
    postback: { status: 'delivered' as const, maySent: true },
    lead,
    canDispute: true,
  };
  const by = (deed: 'at_once' | 'after_grace' | 'ask' | 'never') => ({
    ruling: { by: 'full' as const, deed, words: 'The rule.' },
  });
  const graceUntil = new Date('2026-05-02T00:00:00Z');
  const unsent = { status: 'queued' as const, maySent: false };
  test.each([
    ['at once', { ...base, ...by('at_once') }, 'dispute', 'disputing'],
    ['in its grace time', { ...base, ...by('after_grace'), graceUntil }, 'none', 'in_grace'],
    ['grace over', { ...base, ...by('after_grace'), graceUntil: null }, 'dispute', 'disputing'],
    ['asked', { ...base, ...by('ask') }, 'none', 'needs_review'],
    ['never', { ...base, ...by('never') }, 'none', 'ignored'],
    ['never, but a doubt asks', { ...base, ...by('never'), ask: 'Look.' }, 'none', 'needs_review'],
    ['a person decided against the rule', { ...base, ...by('never'), decided: true }, 'dispute', 'disputing'],
    [
      'never after the release is no loss',
      { ...base, ...by('never'), lead: { ...lead, holdState: 'released' } },
      'none',
      'ignored',
    ],
    [
      'grace after the release is a loss',
      { ...base, ...by('after_grace'), graceUntil, lead: { ...lead, holdState: 'released' } },
      'record_loss',
      'too_late',
    ],
    [
      'grace before anything was sent cancels nothing yet',
      { ...base, ...by('after_grace'), graceUntil, lead: null, postback: unsent },
      'none',
      'in_grace',
    ],
    [
      'never before anything was sent lets it go',
      { ...base, ...by('never'), lead: null, postback: unsent },
      'none',
      'ignored',
    ],
    [
      'grace at a network without a dispute call is told by hand at once',
      { ...base, ...by('after_grace'), graceUntil, canDispute: false },
      'none',
      'manual',
    ],
  ])('%s', (_name, given, action, disposition) => {
    expect(decideRefund(given)).toMatchObject({ action, disposition });
  });
});

describe('deadlines', () => {
  const disputeBy = new Date('2026-05-31T12:00:00Z');
  const createdAt = new Date('2026-05-01T12:00:00Z');
  const at = (iso: string) => new Date(iso);
  test('the margin and a clock that is ahead bring the last moment forward; one that is behind does not', () => {
    expect(decideBy(disputeBy, { marginHours: 24, skewMs: 0 })).toEqual(at('2026-05-30T12:00:00Z'));
    expect(decideBy(disputeBy, { marginHours: 24, skewMs: 90_000 })).toEqual(at('2026-05-30T11:58:30Z'));
    expect(decideBy(disputeBy, { marginHours: 24, skewMs: -90_000 })).toEqual(at('2026-05-30T12:00:00Z'));
  });

  test('grace ends after its hours, but never in the margin', () => {
    const safety = { marginHours: 24, skewMs: 0 };
    const lead = { disputeBy, holdState: 'pending_release' };
    expect(graceEnd({ createdAt }, 48, lead, safety)).toEqual(at('2026-05-03T12:00:00Z'));
    expect(graceEnd({ createdAt }, 720, lead, safety)).toEqual(at('2026-05-30T12:00:00Z'));
    expect(graceEnd({ createdAt }, 720, null, safety)).toEqual(at('2026-05-31T12:00:00Z'));
  });
});
