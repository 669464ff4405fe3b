import { describe, expect, test } from 'vitest';
import { answer } from '../shared/testing/http.ts';
import created from './fixtures/postback-created.json' with { type: 'json' };
import testAnswer from './fixtures/postback-test.json' with { type: 'json' };
import { readPostback } from './read-response.ts';

const lead = {
  networkLeadId: 'lead-uuid',
  status: 'VERIFIED',
  trackingCode: 'abc123xyz',
  payoutCents: 1000,
  currency: 'USD',
  networkCampaignId: 'campaign-uuid',
  affiliateId: 'affiliate-uuid',
};
const dataWith = (change: Record<string, unknown>) => ({
  success: true,
  data: { ...created.data, ...change },
});

describe('success', () => {
  test('RG-18 RG-20 201 is a new lead with every field of the contract', () => {
    expect(readPostback(answer(201, created))).toEqual({
      outcome: 'accepted',
      errorCode: null,
      errorMessage: null,
      errorDetails: [],
      retryAfterMs: null,
      lead,
      test: null,
    });
  });

  test('RG-18 200 with the very same body is a duplicate', () => {
    expect(readPostback(answer(200, created))).toMatchObject({ outcome: 'duplicate', errorCode: null, lead });
  });

  test('RG-18 judges by HTTP status, not body', () => {
    const lying = { ...created, success: false, duplicate: true, status: 500 };
    expect(readPostback(answer(201, lying))).toMatchObject({ outcome: 'accepted', lead });
    expect(readPostback(answer(404, created))).toMatchObject({ outcome: 'rejected', lead: null });
    expect(readPostback(answer(500, created))).toMatchObject({ outcome: 'retryable', lead: null });
    expect(readPostback(answer(201, dataWith({ test: true })))).toMatchObject({
      outcome: 'accepted',
      test: null,
    });
  });

  test('RG-19 200 with data.test true is a test without a lead', () => {
    expect(readPostback(answer(200, testAnswer))).toMatchObject({
      outcome: 'test',
      errorCode: null,
      lead: null,
      test: {
        networkCampaignId: 'camp-uuid',
        trackingConfirmedAt: '2026-04-13T10:30:00.000Z',
        message: 'Test postback received — tracking confirmed. You can now activate this campaign.',
      },
    });
  });

  test.each(['true', 1, false, null])('RG-19 data.test %j is no test', (value) => {
    expect(readPostback(answer(200, dataWith({ test: value })))).toMatchObject({
      outcome: 'duplicate',
      lead,
    });
  });

  test('RG-20 tolerates unknown extra fields', () => {
    const extra = dataWith({ geo: { ip: '203.0.113.7' }, createdAt: 'x', qualitySignals: [1, [2]] });
    expect(readPostback(answer(201, { ...extra, meta: {} })).lead).toEqual(lead);
  });

  test.each(['1000', 10.5, -1, 2 ** 60, null, {}])('RG-20 payoutCents %j is not guessed', (payoutCents) => {
    expect(readPostback(answer(201, dataWith({ payoutCents }))).lead).toEqual({ ...lead, payoutCents: null });
  });

  test('RG-21 the returned tracking code is handed on exactly, so that a difference shows', () => {
    expect(readPostback(answer(201, dataWith({ trackingCode: ' ABC123xyz' }))).lead?.trackingCode).toBe(
      ' ABC123xyz',
    );
  });
});

describe('success that cannot be read', () => {
  const cut = new TextEncoder().encode(JSON.stringify(created)).slice(0, 60);

  test.each([
    ['empty', answer(201, ''), /body is empty/],
    ['not JSON', answer(201, '<html>OK</html>'), /not JSON/],
    ['cut off', answer(201, cut, { truncated: true }), /longer than what is read/],
    ['an array', answer(201, []), /lacks the id of the lead/],
    ['a number for an id', answer(201, dataWith({ id: 7 })), /lacks the id of the lead/],
    ['an empty id', answer(201, dataWith({ id: '' })), /lacks the id of the lead/],
  ])(
    'RG-18 RG-43 201 with a body that is %s stays accepted and says what is missing',
    (_name, result, words) => {
      expect(readPostback(result)).toMatchObject({
        outcome: 'accepted',
        errorCode: 'UNREADABLE_SUCCESS',
        errorMessage: expect.stringMatching(words),
        lead: null,
      });
    },
  );

  test('RG-18 RG-43 200 with an error in its body is a duplicate without a lead, with the words shown', () => {
    const body = { success: false, error: { code: 'NOT_FOUND', message: 'No enrolment' } };
    expect(readPostback(answer(200, body))).toMatchObject({
      outcome: 'duplicate',
      errorCode: 'UNREADABLE_SUCCESS',
      errorMessage: expect.stringContaining('NOT_FOUND: No enrolment'),
      lead: null,
    });
  });

  test('a body marked as cut that still parses is read', () => {
    const padded = `${JSON.stringify(created)}${' '.repeat(100)}`;
    expect(readPostback(answer(201, padded, { truncated: true })).lead).toEqual(lead);
  });

  test('RG-20 the content type does not matter, the body does', () => {
    expect(readPostback(answer(201, created, { headers: { 'content-type': 'text/html' } })).lead).toEqual(
      lead,
    );
  });
});
