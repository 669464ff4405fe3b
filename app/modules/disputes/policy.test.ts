import { describe, expect, test } from 'vitest';
import { decideRefund, isFull } from './policy.ts';
import { disputeReason, doubtAbout, suggestedReason } from './refund-words.ts';

const refund = (fields: Partial<Parameters<typeof isFull>[0]> = {}) => ({
  kind: 'refund' as const,
  amountCents: null,
  full: null,
  ...fields,
});

describe('isFull', () => {
  test.each([
    [refund(), 4900, true],
    [refund({ amountCents: 4900 }), 4900, true],
    [refund({ amountCents: 4899 }), 4900, false],
    [refund({ amountCents: 4900, full: false }), 4900, true],
    [refund({ amountCents: 100, full: true }), 4900, true],
    [refund({ full: false }), 4900, false],
    [refund({ amountCents: 100 }), null, null],
    [refund({ amountCents: 100, full: false }), null, false],
    [refund({ kind: 'chargeback', amountCents: 1 }), 4900, true],
    [refund({ kind: 'fraud', full: false }), 4900, true],
  ])('RG-42 %o of %s → %s', (facts, revenue, full) => {
    expect(isFull(facts, revenue)).toBe(full);
  });
});

describe('decideRefund', () => {
  const base = {
    refund: refund(),
    revenueCents: 4900,
    postback: { status: 'delivered' as const, maySent: true },
    lead: null,
    canDispute: true,
  };
  const lead = { holdState: 'pending_release', disputing: false, knownInTime: true };
  const unsure = { by: 'full' as const, deed: 'at_once' as const, words: '', unsure: true };
  test.each([
    [
      'RG-41 never sent',
      { ...base, postback: { status: 'retrying' as const, maySent: false } },
      'cancel_postback',
      'canceled_before_send',
    ],
    [
      'RG-41 may have been sent',
      { ...base, postback: { status: 'retrying' as const, maySent: true } },
      'none',
      'awaiting_lead',
    ],
    [
      'RG-41 stopped after it may have been sent',
      { ...base, postback: { status: 'exhausted' as const, maySent: true } },
      'none',
      'awaiting_lead',
    ],
    [
      'RG-42 never sent, of a campaign that is not known yet though one has rules of its own',
      { ...base, postback: { status: 'retrying' as const, maySent: false }, ruling: unsure },
      'none',
      'awaiting_lead',
    ],
    [
      'RG-42 the same, refused for good: no lead will tell the campaign',
      { ...base, postback: { status: 'failed' as const, maySent: false }, ruling: unsure },
      'cancel_postback',
      'canceled_before_send',
    ],
    ['RG-43 accepted without a lead id', base, 'none', 'needs_review'],
    ['RG-37 held', { ...base, lead }, 'dispute', 'disputing'],
    ['RG-42 partial', { ...base, lead, refund: refund({ amountCents: 100 }) }, 'none', 'needs_review'],
    [
      'RG-42 partial, decided',
      { ...base, lead, refund: refund({ amountCents: 100 }), decided: true },
      'dispute',
      'disputing',
    ],
    [
      'RG-42 partial before the lead, never sent',
      {
        ...base,
        refund: refund({ amountCents: 100 }),
        postback: { status: 'queued' as const, maySent: false },
      },
      'none',
      'needs_review',
    ],
    ['a network without a dispute call', { ...base, lead, canDispute: false }, 'none', 'manual'],
    ['disputed already', { ...base, lead: { ...lead, holdState: 'disputed' } }, 'none', 'disputed'],
    [
      'RG-38 under way when the hold ended',
      { ...base, lead: { ...lead, holdState: 'released', disputing: true } },
      'none',
      'disputing',
    ],
    ['RG-38 released', { ...base, lead: { ...lead, holdState: 'released' } }, 'record_loss', 'too_late'],
    ['RG-34 zero days', { ...base, lead: { ...lead, holdState: 'none' } }, 'record_loss', 'too_late'],
    ['RG-19 a test', { ...base, postback: { status: 'test' as const, maySent: true } }, 'none', 'ignored'],
    ['no tracking code', { ...base, postback: null }, 'none', 'ignored'],
  ])('%s', (_name, facts, action, disposition) => {
    const decision = decideRefund(facts);
    expect(decision).toMatchObject({ action, disposition });
    expect(decision.explanation).not.toBe('');
  });
});

describe('disputeReason', () => {
  test('RG-36 names the order, the refund id, its day and its sum, within 2000 characters', () => {
    const facts = {
      refundId: 're_1',
      kind: 'refund',
      amountCents: 4900,
      full: true,
      occurredAt: new Date('2026-05-12T09:00:00Z'),
      note: 'asked by mail',
    };
    expect(disputeReason(facts, 'order_1', 'USD')).toBe(
      'Buyer refunded order_1 (refund id re_1, processed 2026-05-12, full amount 49.00 USD). asked by mail',
    );
    expect(
      disputeReason({ ...facts, kind: 'chargeback', amountCents: null, note: null }, 'order_1', null),
    ).toBe('Chargeback of order_1 (chargeback id re_1, processed 2026-05-12)');
    const long = { ...facts, refundId: 'r'.repeat(255), note: 'n'.repeat(1000) };
    expect(disputeReason(long, 'o'.repeat(255), 'USD').length).toBeLessThanOrEqual(2000);
    expect(suggestedReason({ externalId: 'order_1', currency: 'USD', refund: null })).toBe('');
  });
});

describe('doubtAbout', () => {
  const order = { revenueCents: 4900, currency: 'USD' };
  test.each([
    [{ kind: 'refund', currency: 'USD' }, 4900, order, null],
    [{ kind: 'refund', currency: null }, 4901, order, /More was given back \(49.01 USD\)/],
    [{ kind: 'refund', currency: 'EUR' }, 100, order, /in EUR, the order was in USD/],
    // a chargeback carries fees, and takes all back anyway
    [{ kind: 'chargeback', currency: 'USD' }, 6400, order, null],
    [{ kind: 'refund', currency: 'USD' }, null, order, null],
    [{ kind: 'refund', currency: 'USD' }, 100, { revenueCents: null, currency: null }, null],
    // who types "the whole order" and a part of it may have slipped; a provider means what it says
    [{ kind: 'refund', currency: 'USD', full: true, source: 'console' }, 100, order, /1.00 USD is less than/],
    [{ kind: 'refund', currency: 'USD', full: true, source: 'console' }, 4900, order, null],
    [{ kind: 'refund', currency: 'USD', full: false, source: 'console' }, 100, order, null],
    [{ kind: 'refund', currency: 'USD', full: true, source: 'stripe' }, 100, order, null],
    [{ kind: 'refund', currency: 'JPY' }, 501, { revenueCents: 500, currency: 'JPY' }, /501 JPY/],
    [{ kind: 'refund', currency: 'KWD' }, 5001, { revenueCents: 5000, currency: 'KWD' }, /5.001 KWD/],
  ])('%o with %s of %o', (refund, refunded, given, words) => {
    const doubt = doubtAbout(refund, refunded, given);
    if (words === null) expect(doubt).toBeNull();
    else expect(doubt).toMatch(words);
  });
});
