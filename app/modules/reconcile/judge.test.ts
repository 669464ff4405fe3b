import { describe, expect, test } from 'vitest';
import { judgeBilling, type Known } from './judge.ts';
import { judgeNetwork } from './judge-network.ts';
import type { Told } from './read-row.ts';
import { addToTotals, gapsOf } from './totals.ts';

const told = (changes: Partial<Told> = {}): Told => ({
  line: 2,
  key: 'o_1',
  status: 'paid',
  statusWord: 'paid',
  amount: 4_900,
  currency: 'USD',
  refunded: 0,
  saysRefunded: false,
  otherKey: '',
  refundLine: false,
  time: null,
  unreadable: null,
  ...changes,
});
const lead = { id: 'led_1', networkLeadId: 'n1', holdState: 'pending_release', payout: 500, currency: 'USD' };
const known = (changes: Partial<Known> = {}): Known => ({
  conversionId: 'cnv_1',
  accountId: 'acc_1',
  revenue: 4_900,
  currency: 'USD',
  occurredAt: 0,
  postback: { id: 'pbk_1', status: 'delivered', errorCode: null, why: null },
  lead,
  refunds: [],
  ...changes,
});
const postback = (status: string) => ({ id: 'pbk_1', status, errorCode: 'NOT_FOUND', why: 'no such code' });
const refund = (disposition: string) => ({
  id: 'rfd_1',
  refundId: 're_1',
  kind: 'refund',
  disposition,
  explanation: 'because',
  amount: 4_900,
  currency: null,
});

describe('a row of billing', () => {
  test.each<[string, Partial<Told>, Known[], string | null, string, string | null]>([
    ['agrees', {}, [known()], null, 'matched', null],
    ['nothing known', {}, [], null, 'never_captured', null],
    ['a code is kept', {}, [], 'aB3', 'not_reported', 'aB3'],
    ['no code', {}, [known({ postback: null, lead: null })], null, 'no_ref', null],
    ['refused', {}, [known({ postback: postback('failed'), lead: null })], null, 'failed', 'no such code'],
    [
      'given up',
      {},
      [known({ postback: postback('exhausted'), lead: null })],
      null,
      'failed',
      'no such code',
    ],
    ['held back', {}, [known({ postback: postback('parked'), lead: null })], null, 'parked', 'no such code'],
    ['under way', {}, [known({ postback: postback('retrying'), lead: null })], null, 'waiting', 'retrying'],
    ['a test', {}, [known({ postback: postback('test') })], null, 'matched', 'test conversion'],
    ['another amount', { amount: 5_000 }, [known()], null, 'amount_differs', '$50.00'],
    [
      'cents sent as units',
      { amount: 4_900 },
      [known({ revenue: 49 })],
      null,
      'amount_differs',
      'Exactly a hundredth',
    ],
    ['units sent as cents', {}, [known({ revenue: 490_000 })], null, 'amount_differs', 'Exactly 100 times'],
    ['another currency', { currency: 'EUR' }, [known()], null, 'other_currency', '€49.00'],
    ['no amount to compare', { amount: null }, [known({ revenue: 1 })], null, 'matched', null],
    ['not paid', { status: 'unpaid', statusWord: 'void' }, [], null, 'not_paid', null],
    [
      'not paid, yet it pays',
      { status: 'unpaid', statusWord: 'void' },
      [known()],
      null,
      'not_paid',
      'dispute it',
    ],
    [
      'refunded, nobody knows',
      { status: 'refunded' },
      [known()],
      null,
      'refunded_not_disputed',
      'never told',
    ],
    ['refunded in part', { refunded: 100 }, [known()], null, 'refunded_not_disputed', 'never told'],
    [
      'refunded, too late',
      { status: 'refunded' },
      [known({ lead: { ...lead, holdState: 'released' } })],
      null,
      'refunded_not_disputed',
      'no longer',
    ],
    [
      'refunded, let pass',
      { status: 'refunded' },
      [known({ refunds: [refund('ignored')] })],
      null,
      'refunded_not_disputed',
      'because',
    ],
    [
      'refunded before it left',
      { status: 'refunded' },
      [known({ lead: null, postback: postback('queued') })],
      null,
      'refunded_not_disputed',
      'report the refund',
    ],
    [
      'refunded, being disputed',
      { status: 'refunded' },
      [known({ refunds: [refund('disputing')] })],
      null,
      'matched',
      'on its way back',
    ],
    [
      'refunded, disputed',
      { status: 'refunded' },
      [known({ lead: { ...lead, holdState: 'disputed' } })],
      null,
      'matched',
      'on its way back',
    ],
    [
      'refunded, no lead',
      { status: 'refunded' },
      [known({ lead: null, postback: null })],
      null,
      'matched',
      'no commission',
    ],
    ['refunded, never reported', { status: 'refunded' }, [], 'aB3', 'matched', 'no commission'],
  ])('%s', (_what, row, found, record, reason, detail) => {
    const verdict = judgeBilling(told(row), found, record);
    expect(verdict.reason).toBe(reason);
    if (detail === null) expect(verdict.detail).toBeNull();
    else expect(verdict.detail).toContain(detail);
  });
  test.each<[string, Partial<Told>, Partial<Known['refunds'][number]>, string]>([
    ['as much', { refunded: 900 }, { amount: 900 }, 'matched'],
    ['100 times as much', { refunded: 9 }, { amount: 900 }, 'refund_differs'],
    ['as much of another currency', { refunded: 1 }, { amount: 900, currency: 'JPY' }, 'matched'],
    ['all of it', { refunded: 4_900 }, { amount: null }, 'matched'],
    ['nothing', { refunded: 0 }, { amount: 900 }, 'refund_differs'],
    ['nothing, and there is a report of fraud', { refunded: 0 }, { amount: 900, kind: 'fraud' }, 'matched'],
    ['one part of two', { refunded: 400, refundLine: true, amount: null }, { amount: 900 }, 'matched'],
    ['no word of it', { saysRefunded: false }, { amount: 900 }, 'matched'],
  ])('the file says that %s was given back', (_what, row, changes, reason) => {
    const verdict = judgeBilling(
      told({ saysRefunded: true, ...row }),
      [known({ refunds: [{ ...refund('in_grace'), ...changes }] })],
      null,
    );
    expect(verdict.reason).toBe(reason);
    if (reason === 'refund_differs') expect(verdict.our).toEqual({ minor: 900, currency: 'USD' });
  });
  test('once the lead is disputed it does not matter how much was given back', () => {
    const disputed = known({ refunds: [refund('disputed')], lead: { ...lead, holdState: 'disputed' } });
    expect(judgeBilling(told({ refunded: 900, saysRefunded: true }), [disputed], null).reason).toBe(
      'matched',
    );
  });
  test('of the payments of a subscription the one of that amount, then of that time, is meant', () => {
    const payments = [
      known({ conversionId: 'a', revenue: 900, occurredAt: 1_000 }),
      known({ conversionId: 'b', occurredAt: 9_000 }),
      known({ conversionId: 'c', occurredAt: 5_000 }),
    ];
    const verdict = judgeBilling(told({ time: { at: 4_000, lastsMs: 1 } }), payments, null);
    expect([verdict.reason, verdict.known?.conversionId]).toEqual(['matched', 'c']);
  });
  test('an order at two networks shows the report that needs somebody', () => {
    const both = [
      known(),
      known({ accountId: 'acc_2', conversionId: 'x', postback: postback('failed'), lead: null }),
    ];
    const verdict = judgeBilling(told(), both, null);
    expect([verdict.reason, verdict.known?.conversionId]).toEqual(['failed', 'x']);
    expect(verdict.detail).toContain('2 reports of it');
  });
});

describe("a row of a network's export", () => {
  test.each<[string, Partial<Told>, Known[], 'revenue' | 'payout', string, string | null]>([
    ['agrees', { amount: 500 }, [known()], 'payout', 'matched', null],
    ['its revenue agrees', {}, [known()], 'revenue', 'matched', null],
    ['unknown', {}, [], 'payout', 'network_only', 'neither a lead nor a conversion'],
    [
      'no lead',
      {},
      [known({ lead: null, postback: postback('failed') })],
      'payout',
      'network_only',
      'Retry it',
    ],
    ['no code', {}, [known({ lead: null, postback: null })], 'payout', 'network_only', 'no tracking code'],
    ['another payout', { amount: 50_000 }, [known()], 'payout', 'amount_differs', 'Exactly a hundredth'],
    ['another currency', { amount: 500, currency: 'EUR' }, [known()], 'payout', 'other_currency', '€5.00'],
    [
      'taken back there',
      { status: 'refunded', statusWord: 'rejected' },
      [known()],
      'payout',
      'status_differs',
      'rejected',
    ],
    [
      'disputed here only',
      { amount: 500 },
      [known({ lead: { ...lead, holdState: 'disputed' } })],
      'payout',
      'status_differs',
      'still counts it',
    ],
    [
      'disputed on both sides',
      { amount: 500, status: 'refunded' },
      [known({ lead: { ...lead, holdState: 'disputed' } })],
      'payout',
      'matched',
      null,
    ],
    ['left out', { status: 'unpaid' }, [known()], 'payout', 'not_paid', null],
  ])('%s', (_what, row, found, amountIs, reason, detail) => {
    const verdict = judgeNetwork(told(row), found, amountIs);
    expect(verdict.reason).toBe(reason);
    if (detail === null) expect(verdict.detail).toBeNull();
    else expect(verdict.detail).toContain(detail);
  });
});

test('totals add up by reason and currency, and gaps are what needs somebody', () => {
  const row = { amountMinor: 100, currency: 'USD', ourMinor: null, ourCurrency: null, refundedMinor: null };
  const totals = addToTotals(addToTotals([], [{ ...row, reason: 'matched' }]), [
    { ...row, reason: 'matched' },
    { ...row, reason: 'failed', currency: 'EUR' },
    { ...row, reason: 'leadline_only', amountMinor: null, currency: null, ourMinor: 7, ourCurrency: 'JPY' },
    { ...row, reason: 'refunded_not_disputed', amountMinor: null, refundedMinor: 30 },
  ]);
  expect(totals).toEqual([
    { reason: 'refunded_not_disputed', currency: 'USD', count: 1, minor: 30 },
    { reason: 'failed', currency: 'EUR', count: 1, minor: 100 },
    { reason: 'leadline_only', currency: 'JPY', count: 1, minor: 7 },
    { reason: 'matched', currency: 'USD', count: 2, minor: 200 },
  ]);
  expect(gapsOf(totals)).toBe(3);
});
