import { expect, test } from 'vitest';
import { lessonOf } from './lessons.ts';

const lost = { holdingPeriodDays: 30, disputeBy: '2026-06-11T00:00:00Z', refundedAt: null, reportedAt: null };
test.each([
  ['zero_day_hold', {}, /holding period/],
  ['missed_deadline', { reportedAt: '2026-06-08T12:00:00Z' }, /waited here 3 days/],
  [
    'missed_in_review',
    { reportedAt: '2026-06-08T12:00:00Z' },
    /waited here 3 days.*dispute such refunds by itself/,
  ],
  ['no_dispute_call', {}, /tell them by hand/],
  ['dispute_refused', {}, /Dispute earlier/],
  [
    'released_before_refund',
    { refundedAt: '2026-06-10T00:00:00Z', reportedAt: '2026-06-12T00:00:00Z' },
    /Report refunds at once/,
  ],
  [
    'released_before_refund',
    { refundedAt: '2026-06-12T00:00:00Z', reportedAt: '2026-06-12T00:00:00Z' },
    /came a day after the hold of 30 days/,
  ],
  ['released_before_refund', {}, /longer than your refund policy/],
])('RG-38 a loss teaches: %s %o', (cause, facts, words) => {
  expect(lessonOf({ cause, ...lost, ...facts })).toMatch(words);
});
