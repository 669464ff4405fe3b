import { describe, expect, test } from 'vitest';
import { type ReasonFacts, renderReason, unknownVariables } from './template-schema.ts';

const facts: ReasonFacts = {
  leadId: 'lead-1',
  externalId: 'order_1',
  payoutCents: 1000,
  currency: 'USD',
  refund: {
    refundId: 're_1',
    kind: 'refund',
    amountCents: 4900,
    currency: 'JPY',
    paymentId: null,
    source: 'api',
    occurredAt: '2026-05-12T14:22:09.000Z',
  },
};
const with_ = (refund: Partial<NonNullable<ReasonFacts['refund']>>): ReasonFacts => ({
  ...facts,
  refund: { ...(facts.refund as NonNullable<ReasonFacts['refund']>), ...refund },
});

describe('renderReason', () => {
  test('issue 4.5 amounts have the decimals of their own currency', () => {
    expect(renderReason('{refundId}: {amount} {currency}, payout {payout}', facts).reason).toBe(
      're_1: 4900 JPY, payout 10.00 USD',
    );
  });

  test("RG-36 the refund's id is added in plain words where the text lacks it, by kind", () => {
    expect(renderReason('Refunded', facts).reason).toBe('Refunded (refund id re_1)');
    expect(renderReason('Lost', with_({ kind: 'chargeback', refundId: 'dp_9' })).reason).toBe(
      'Lost (chargeback id dp_9)',
    );
  });

  test('RG-36 an id that is only a part of another does not count as named', () => {
    expect(renderReason('As re_12 before', facts).reason).toBe('As re_12 before (refund id re_1)');
    expect(renderReason('As re_1, before', facts).reason).toBe('As re_1, before');
  });

  test('issue 4.5 values are filled in word for word, in one pass', () => {
    const odd = with_({ refundId: '$& {externalId} $1' });
    expect(renderReason('{refundId}', odd)).toMatchObject({ reason: '$& {externalId} $1', error: null });
  });

  test('issue 4.5 what is missing is named, and the reason has no hole', () => {
    expect(renderReason('{refundId} by {provider}, {paymentId}', facts)).toEqual({
      reason: 're_1 by not known, not known',
      missing: ['provider', 'paymentId'],
      error: null,
    });
  });

  test('RG-36 a reason that names a refund which is not there cannot be sent; one that names none can', () => {
    const bare = { ...facts, refund: null };
    expect(renderReason('Refund {refundId}', bare).error).toMatch(/no refund or chargeback/);
    expect(renderReason('Part of a fraud ring', bare)).toEqual({
      reason: 'Part of a fraud ring',
      missing: [],
      error: null,
    });
  });

  test('RG-36 1 to 2000 characters with what is filled in, and never cut', () => {
    const just = 'x'.repeat(2000 - ' (refund id re_1)'.length);
    expect(renderReason(just, facts)).toMatchObject({ error: null });
    expect(renderReason(just, facts).reason).toHaveLength(2000);
    const over = renderReason(`${just}x`, facts);
    expect(over.error).toMatch(/2001 characters/);
    expect(over.reason).toHaveLength(2001);
  });

  test('issue 4.5 braces that are no variable are told', () => {
    expect(unknownVariables('{refundId} {nope} {} {nope}')).toEqual(['nope', '']);
    expect(renderReason('{nope}', facts).error).toMatch(/\{nope\}/);
  });
});
