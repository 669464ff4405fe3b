import { expect, test } from 'vitest';
import { needsApproval } from './approval-schema.ts';
import { leftOutBecause, type RowFacts } from './batch-rules.ts';
import { selectionWords } from './batch-words.ts';
import { stateOf } from './dispute-state.ts';

const now = new Date('2026-05-12T12:00:00Z');
const lead = {
  holdState: 'pending_release',
  disputeBy: new Date('2026-06-01T00:00:00Z'),
  disputeMessageId: null,
  approvalId: null,
  canDispute: true,
};
const refund = { disposition: 'needs_review', matchDoubt: null, kind: 'refund' };
const row: RowFacts = { of: 'refund', lead, refund, templateKind: 'any' };

test.each<[string | null, Partial<RowFacts>]>([
  [null, {}],
  [null, { refund: { ...refund, disposition: 'in_grace' } }],
  [null, { of: 'lead', refund: null }],
  [null, { of: 'lead', refund: { ...refund, disposition: 'ignored' } }],
  ['gone', { refund: null }],
  ['gone', { of: 'lead', lead: null }],
  ['no_lead', { lead: null }],
  ['no_lead', { refund: { ...refund, disposition: 'awaiting_lead' } }],
  ['not_to_decide', { refund: { ...refund, disposition: 'unmatched' } }],
  ['not_to_decide', { refund: { ...refund, disposition: 'ignored' } }],
  ['no_dispute_call', { refund: { ...refund, disposition: 'manual' } }],
  ['no_dispute_call', { lead: { ...lead, canDispute: false } }],
  ['doubtful_match', { refund: { ...refund, matchDoubt: 'Two orders carry it' } }],
  ['doubtful_match', { of: 'lead', refund: { ...refund, matchDoubt: 'Two orders carry it' } }],
  ['released', { lead: { ...lead, holdState: 'released' } }],
  ['released', { lead: { ...lead, disputeBy: now } }],
  ['released', { refund: { ...refund, disposition: 'too_late' } }],
  ['zero_days', { lead: { ...lead, holdState: 'none' } }],
  ['already_disputed', { lead: { ...lead, holdState: 'disputed' } }],
  ['already_disputed', { lead: { ...lead, disputeMessageId: 'msg_1' } }],
  ['waiting_approval', { lead: { ...lead, approvalId: 'apr_1' } }],
  ['wrong_kind', { templateKind: 'chargeback' }],
  ['wrong_kind', { of: 'lead', refund: null, templateKind: 'fraud' }],
])('issue 4.5 left out: %s (%#)', (reason, changed) => {
  expect(leftOutBecause({ ...row, ...changed }, now)).toBe(reason);
});

test.each([
  [false, { enabled: false, above: { USD: 0 } }, { payoutCents: 1, currency: 'USD' }],
  [false, { enabled: true, above: { USD: 1000 } }, { payoutCents: 1000, currency: 'USD' }],
  [true, { enabled: true, above: { USD: 1000 } }, { payoutCents: 1001, currency: 'USD' }],
  [true, { enabled: true, above: { USD: 0 } }, { payoutCents: 1, currency: 'USD' }],
  [true, { enabled: true, above: { USD: 1000 } }, { payoutCents: 1, currency: 'EUR' }],
  [true, { enabled: true, above: { USD: 1000 } }, { payoutCents: null, currency: 'USD' }],
  [true, { enabled: true, above: {} }, { payoutCents: null, currency: null }],
])('issue 4.5 four eyes: %s (%#)', (needed, rule, payout) => {
  expect(needsApproval(rule, payout)).toBe(needed);
});

const sent = new Date('2026-05-12T11:59:00Z');
const message = {
  id: 'msg_1',
  status: 'queued',
  attempts: 0,
  dueAt: now,
  attemptStartedAt: null,
  firstMaySentAt: null,
  settledAt: null,
  errorMessage: null,
};
const held = { holdState: 'pending_release', disputedAt: null, disputeMessageId: 'msg_1', approvalId: null };

test.each([
  ['none', held, null],
  ['none', held, { ...message, status: 'canceled' }],
  ['queued', held, message],
  ['sending', held, { ...message, status: 'sending', attemptStartedAt: sent }],
  ['retrying', held, { ...message, status: 'retrying', attemptStartedAt: sent }],
  ['ambiguous', held, { ...message, status: 'retrying', firstMaySentAt: sent }],
  ['ambiguous', held, { ...message, status: 'sending', firstMaySentAt: sent }],
  ['ambiguous', held, { ...message, status: 'parked', firstMaySentAt: sent }],
  ['ambiguous', held, { ...message, status: 'exhausted', firstMaySentAt: sent }],
  ['stopped', held, { ...message, status: 'exhausted' }],
  ['parked', held, { ...message, status: 'parked' }],
  ['refused', held, { ...message, status: 'failed', firstMaySentAt: sent }],
  ['disputed', { ...held, holdState: 'disputed' }, { ...message, status: 'delivered', firstMaySentAt: sent }],
  ['waiting_approval', { ...held, disputeMessageId: null, approvalId: 'apr_1' }, null],
])('issue 4.5 the state of a dispute: %s (%#)', (state, theLead, theMessage) => {
  expect(stateOf({ lead: theLead, message: theMessage }).state).toBe(state);
});

test('issue 4.5 an ambiguous dispute says since when, and that it is retried until the network answers', () => {
  const retrying = { ...message, status: 'retrying', firstMaySentAt: sent, attempts: 2 };
  expect(stateOf({ lead: held, message: retrying })).toMatchObject({
    at: sent.toISOString(),
    nextTryAt: now.toISOString(),
    attempts: 2,
    words: expect.stringContaining('the network may have it'),
  });
});

test('issue 4.5 a selection in words', () => {
  expect(selectionWords({ of: 'leads', ids: ['led_1'] })).toBe('1 lead chosen');
  expect(selectionWords({ of: 'matching_leads', filter: {} })).toBe('All leads');
  expect(
    selectionWords({
      of: 'matching_refunds',
      filter: { kind: ['chargeback'], source: ['stripe', 'paddle'] },
    }),
  ).toBe('Refunds: Kind chargeback · Source stripe, paddle');
});
