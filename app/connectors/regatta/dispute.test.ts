import { expect, test } from 'vitest';
import { answer, failure } from '../shared/testing/http.ts';
import { readDispute } from './dispute.ts';
import disputed from './fixtures/dispute-accepted.json' with { type: 'json' };

test('RG-37 200 keeps DISPUTED, disputedAt and disputeReason', () => {
  expect(readDispute(answer(200, disputed))).toEqual({
    outcome: 'accepted',
    errorCode: null,
    errorMessage: null,
    errorDetails: [],
    retryAfterMs: null,
    dispute: {
      networkLeadId: 'lead-uuid',
      status: 'DISPUTED',
      disputedAt: '2026-05-12T14:22:09.000Z',
      disputeReason: 'Buyer refunded order via Stripe (refund id re_xxxxx, processed 2026-05-12)',
    },
  });
});

test('RG-37 a time with an offset is told in UTC, one without a zone is not guessed', () => {
  const at = (disputedAt: string) =>
    readDispute(answer(200, { data: { ...disputed.data, disputedAt } })).dispute?.disputedAt;
  expect(at('2026-05-12T16:22:09+02:00')).toBe('2026-05-12T14:22:09.000Z');
  expect(at('2026-05-12T14:22:09')).toBeNull();
  expect(at('2026-13-45T14:22:09Z')).toBeNull();
});

test('RG-38 a refusal is kept with the words of the network', () => {
  const error = { code: 'HOLD_RELEASED', message: 'Lead is already DISPUTED' };
  expect(readDispute(answer(409, { success: false, error }))).toMatchObject({
    outcome: 'rejected',
    errorCode: 'HOLD_RELEASED',
    errorMessage: 'Lead is already DISPUTED',
    dispute: null,
  });
});

test('RG-37 200 with another status is kept for a person, not taken for a dispute', () => {
  expect(readDispute(answer(200, { data: { id: 'lead-uuid', status: 'VERIFIED' } }))).toMatchObject({
    outcome: 'rejected',
    errorCode: 'UNEXPECTED_BODY',
    errorMessage: expect.stringContaining('"VERIFIED", not DISPUTED'),
    dispute: { status: 'VERIFIED' },
  });
});

test.each(['', '<html>', '{}', '{"data":{"id":"lead-uuid"}}'])(
  'RG-37 200 with body %j is kept for a person',
  (body) => {
    expect(readDispute(answer(200, body))).toMatchObject({
      outcome: 'rejected',
      errorCode: 'UNREADABLE_SUCCESS',
      dispute: null,
    });
  },
);

test('RG-30 5xx and transport failures are retried', () => {
  expect(readDispute(answer(503, '', { headers: { 'retry-after': '4' } }))).toMatchObject({
    outcome: 'retryable',
    retryAfterMs: 4000,
  });
  expect(readDispute(failure('timeout'))).toMatchObject({
    outcome: 'retryable',
    errorCode: 'TIMEOUT',
    dispute: null,
  });
});
