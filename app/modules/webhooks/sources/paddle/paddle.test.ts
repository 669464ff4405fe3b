import { describe, expect, test } from 'vitest';
import { paddleMapping } from '../../mapping-schema.ts';
import { fixture, fixtureText, requestOf, signers } from '../testing/samples.ts';
import { paddleSource } from './index.ts';

const read = (name: string, change: Record<string, unknown> = {}, mapping: unknown = {}) => {
  const event = fixture('paddle', name, change);
  return paddleSource.interpret(String(event.event_type), event, paddleMapping.parse(mapping));
};
const adjustment = (action: string, status: string) =>
  read('adjustment.updated', { 'data.action': action, 'data.status': status });

describe('Paddle-Signature', () => {
  const NOW = Date.UTC(2026, 10, 20, 14, 5);
  const SECRET = 'pdl_ntfset_1234567890';
  const raw = Buffer.from(fixtureText('paddle', 'transaction.completed'));
  const header = (at = NOW) => signers.paddle(raw, SECRET, at)['paddle-signature'] ?? '';
  const verify = (text: string) =>
    paddleSource.verify(requestOf(raw, { 'paddle-signature': text }), [SECRET], NOW);

  test('all signatures of one delivery (a secret being rolled) are looked at', () => {
    const [ts = '', h1 = ''] = header().split(';');
    expect(verify(`${ts};h1=${'0'.repeat(64)};${h1}`)).toEqual({ ok: true });
    expect(verify(`${h1};${ts}`)).toEqual({ ok: true });
  });
  test('an old signature is not made young by a second time in front of it', () => {
    expect(verify(`ts=${NOW / 1000};${header(NOW - 86_400_000)}`)).toMatchObject({ ok: false });
    expect(verify(`${header(NOW - 86_400_000)};ts=${NOW / 1000}`)).toMatchObject({ ok: false });
  });
});

describe('transaction.completed', () => {
  test('RG-16 is a conversion of what was paid', () => {
    expect(read('transaction.completed')).toEqual({
      kind: 'conversion',
      externalId: 'txn_01hv8wptq8987qeep44cyrewp9',
      eventType: 'SUBSCRIPTION',
      revenueCents: 3250,
      currency: 'USD',
      ref: 'rgt_abc123XY',
      record: null,
      coupon: null,
      customer: { id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4' },
      keys: [
        { kind: 'transaction', key: 'txn_01hv8wptq8987qeep44cyrewp9' },
        { kind: 'invoice', key: 'inv_01hv8x29nsh54c2pgt0hnq0zkx' },
        { kind: 'subscription', key: 'sub_01hv8x29kz0t586xy6zn1a62ny' },
      ],
      occurredAt: '2026-11-20T14:00:04.000Z',
      onlyFirstOf: { kind: 'subscription', key: 'sub_01hv8x29kz0t586xy6zn1a62ny', said: 'first' },
    });
  });
  test.each([['subscription_recurring'], ['subscription_charge'], ['subscription_update']])(
    'what follows a subscription (%s) goes by the mapping, under its own id',
    (origin) => {
      const change = { 'data.origin': origin };
      const mapping = { externalId: { customData: 'order' } };
      expect(read('transaction.completed', {}, mapping)).toMatchObject({ externalId: 'A-77' });
      expect(read('transaction.completed', change, mapping)).toMatchObject({
        externalId: 'txn_01hv8wptq8987qeep44cyrewp9',
        onlyFirstOf: { key: 'sub_01hv8x29kz0t586xy6zn1a62ny', said: 'later' },
      });
      expect(read('transaction.completed', change, { renewals: 'every' })).toMatchObject({
        onlyFirstOf: null,
      });
      expect(read('transaction.completed', change, { renewals: 'never' }).kind).toBe('nothing');
    },
  );
  test('what is billed again is a subscription though its id is not there yet, the rest a purchase', () => {
    expect(read('transaction.completed', { 'data.subscription_id': null })).toMatchObject({
      eventType: 'SUBSCRIPTION',
      onlyFirstOf: null,
    });
    expect(read('transaction.completed.one-off')).toMatchObject({
      eventType: 'PURCHASE',
      revenueCents: 3250,
      ref: null,
      keys: [{ kind: 'transaction', key: 'txn_01hv9aa0q8987qeep44cyrewp9' }],
      onlyFirstOf: null,
    });
    expect(read('transaction.completed.renewal')).toMatchObject({
      externalId: 'txn_01hv9bb0q8987qeep44cyrewp9',
      onlyFirstOf: { said: 'later' },
    });
  });
  test('amounts are texts in the lowest denomination; nothing paid is no conversion', () => {
    const change = { 'data.currency_code': 'JPY', 'data.details.totals.grand_total': '500' };
    expect(read('transaction.completed', change)).toMatchObject({ revenueCents: 500, currency: 'JPY' });
    expect(read('transaction.completed', { 'data.details.totals.grand_total': '0' }).kind).toBe('nothing');
    expect(() => read('transaction.completed', { 'data.details.totals.grand_total': '32.50' })).toThrow(
      /grand_total/,
    );
  });
});

describe('adjustments', () => {
  const keys = [
    { kind: 'transaction', key: 'txn_01hv8wptq8987qeep44cyrewp9' },
    { kind: 'subscription', key: 'sub_01hv8x29kz0t586xy6zn1a62ny' },
  ];
  test.each([
    [
      'refund',
      'approved',
      { kind: 'refund', refundKind: 'refund', amountCents: 3250, full: true, ask: null, keys },
    ],
    ['refund', 'pending_approval', { kind: 'nothing' }],
    ['refund', 'rejected', { kind: 'reversal', reversal: 'failed' }],
    ['chargeback', 'approved', { kind: 'refund', refundKind: 'chargeback', ask: null }],
    [
      'chargeback',
      'reversed',
      { kind: 'reversal', reversal: 'won', refundId: 'adj_01hvgf2s84dr6reszzg29zbvcm' },
    ],
    [
      'chargeback_reverse',
      'approved',
      { kind: 'reversal', reversal: 'won', refundId: null, keys: [keys[0]] },
    ],
    ['chargeback_warning', 'approved', { kind: 'refund', ask: expect.stringContaining('warns') }],
    ['chargeback_warning_reverse', 'approved', { kind: 'nothing' }],
    ['credit', 'approved', { kind: 'nothing' }],
    ['credit_reverse', 'approved', { kind: 'nothing' }],
  ])('RG-39 %s %s', (action, status, expected) => {
    expect(adjustment(action, status)).toMatchObject(expected);
  });
  test('words that the documentation does not name are faults, not guesses', () => {
    expect(() => adjustment('gift', 'approved')).toThrow(/data\.action/);
    expect(() => adjustment('refund', 'odd')).toThrow(/data\.status/);
  });
});

test('a payment that failed takes back only what was reported before', () => {
  expect(read('transaction.payment_failed')).toMatchObject({
    refundId: 'txn_01hv8wptq8987qeep44cyrewp9:payment_failed',
    full: true,
    onlyIfConverted: true,
  });
});
