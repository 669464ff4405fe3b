import { describe, expect, test } from 'vitest';
import { answer, failure } from '../shared/testing/http.ts';
import errorShape from './fixtures/error-shape.json' with { type: 'json' };
import { readPostback } from './read-response.ts';

const error = (fields: Record<string, unknown>) => ({ success: false, error: fields });

describe('error bodies', () => {
  test('RG-23 the shape of the guide', () => {
    expect(readPostback(answer(400, errorShape))).toEqual({
      outcome: 'rejected',
      errorCode: 'ERROR_CODE',
      errorMessage: 'Human-readable message',
      errorDetails: [],
      retryAfterMs: null,
      lead: null,
      test: null,
    });
  });

  test('RG-23 details of field validation, with paths as arrays or text', () => {
    const details = [
      { code: 'invalid_type', path: ['revenueCents'], message: 'Expected integer, received float' },
      { path: ['metadata', 'items', 0, 'sku'], message: 'Required' },
      { path: 'eventType', message: 'Invalid enum value' },
      { path: [], message: 'Unrecognized key' },
      'plain words',
      { path: ['only', 'path'] },
      null,
      {},
    ];
    const body = error({ code: 'VALIDATION_ERROR', message: 'Validation failed', details });
    expect(readPostback(answer(400, body)).errorDetails).toEqual([
      { path: 'revenueCents', message: 'Expected integer, received float' },
      { path: 'metadata.items.0.sku', message: 'Required' },
      { path: 'eventType', message: 'Invalid enum value' },
      { path: '', message: 'Unrecognized key' },
      { path: '', message: 'plain words' },
      { path: 'only.path', message: '' },
    ]);
  });

  test.each([
    ['<html>502</html>', 'text/html', 502, 'retryable', /502 with text\/html that is not JSON/],
    ['Not found', 'text/plain', 404, 'rejected', /404 with text\/plain/],
    ['', 'text/plain', 503, 'retryable', /503 with an empty body/],
  ] as const)('RG-23 body %j is NOT_JSON and goes by status', (body, type, status, outcome, words) => {
    const got = readPostback(answer(status, body, { headers: { 'content-type': type } }));
    expect(got).toMatchObject({ outcome, errorCode: 'NOT_JSON', errorMessage: expect.stringMatching(words) });
  });

  test('RG-23 an error body longer than what is read', () => {
    const got = readPostback(answer(400, '{"error":{"code":"NOT_F', { truncated: true }));
    expect(got).toMatchObject({ outcome: 'rejected', errorCode: 'RESPONSE_TOO_LARGE' });
  });

  test.each([
    [{ message: 'Bad gateway' }, 'Bad gateway'],
    [{ error: 'Nope' }, 'Nope'],
    [error({ code: 42, message: 'Odd' }), 'Odd'],
    [error({ code: 'X'.repeat(101), message: 'Long' }), 'Long'],
    [[1], 'Regatta answered 400 with JSON that carries no error code.'],
  ])('RG-23 JSON without an error code %j is kept as unknown, with its words', (body, words) => {
    expect(readPostback(answer(400, body))).toMatchObject({
      errorCode: 'UNEXPECTED_BODY',
      errorMessage: words,
    });
  });
});

describe('statuses', () => {
  test.each([400, 401, 402, 403, 404, 405, 409, 410, 413, 422, 451, 499])(
    'RG-25…RG-29 RG-31 %d is not retried by itself',
    (status) => {
      const body = error({ code: 'NOT_FOUND', message: 'm', retry_after: 5 });
      const got = readPostback(answer(status, body, { headers: { 'retry-after': '5' } }));
      expect(got).toMatchObject({ outcome: 'rejected', errorCode: 'NOT_FOUND', retryAfterMs: null });
    },
  );

  test.each([500, 501, 502, 503, 504, 520, 599, 408, 425, 429])('RG-30 RG-31 %d is retried', (status) => {
    expect(readPostback(answer(status, error({ code: 'INTERNAL_ERROR', message: 'm' }))).outcome).toBe(
      'retryable',
    );
  });

  test.each([301, 302, 303, 304, 307, 308])('RG-31 redirect %d is an error', (status) => {
    const got = readPostback(answer(status, '', { headers: { location: 'https://elsewhere.example/x' } }));
    expect(got).toMatchObject({ outcome: 'rejected', errorCode: 'REDIRECT', retryAfterMs: null });
    expect(got.errorMessage).toContain('https://elsewhere.example/x');
  });

  test.each([0, 100, 199, 202, 204, 206, 299, 600, 999])(
    'RG-18 status %d, unknown to the guide, is no success',
    (status) => {
      expect(readPostback(answer(status, ''))).toMatchObject({
        outcome: 'rejected',
        errorCode: 'UNEXPECTED_STATUS',
      });
    },
  );
});

describe('Retry-After', () => {
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
  const wait = (headers: Record<string, string>, body: unknown = {}, status = 429) =>
    readPostback(answer(status, body, { headers })).retryAfterMs;

  test('RG-31 429 without words of its own is RATE_LIMITED', () => {
    for (const body of ['', '<html>', {}]) {
      expect(readPostback(answer(429, body))).toMatchObject({
        errorCode: 'RATE_LIMITED',
        outcome: 'retryable',
      });
    }
  });

  test.each([
    ['seconds', { 'retry-after': '120' }, 120_000],
    ['zero', { 'retry-after': '0' }, 0],
    ['repeated header', { 'retry-after': '5, 60' }, 60_000],
    ['date against the Date header', { 'retry-after': 'Wed, 21 Oct 2026 07:29:30 GMT', date }, 90_000],
    ['date in the past', { 'retry-after': 'Wed, 21 Oct 2026 07:00:00 GMT', date }, 0],
    ['date without a Date header', { 'retry-after': date }, null],
    ['not a time', { 'retry-after': 'soon' }, null],
    ['negative', { 'retry-after': '-5' }, null],
    ['longer than a month', { 'retry-after': '99999999999' }, 30 * 86_400_000],
  ])('RG-31 %s', (_name, headers: Record<string, string>, expected) => {
    expect(wait(headers)).toBe(expected);
  });

  test('RG-31 read from the body too; the longest wins', () => {
    expect(wait({}, { retry_after: 7 })).toBe(7000);
    expect(wait({}, error({ code: 'RATE_LIMITED', message: 'm', retryAfter: '9' }))).toBe(9000);
    expect(wait({ 'retry-after': '3' }, { retryAfter: 8 })).toBe(8000);
    expect(wait({ 'retry-after': '30' }, { retryAfter: 8 })).toBe(30_000);
  });

  test('RG-31 honoured on 503', () => {
    expect(wait({ 'retry-after': '15' }, {}, 503)).toBe(15_000);
  });
});

describe('transport', () => {
  test.each([
    ['timeout', 'TIMEOUT', 'retryable'],
    ['dns', 'DNS', 'retryable'],
    ['refused', 'REFUSED', 'retryable'],
    ['reset', 'RESET', 'retryable'],
    ['tls', 'TLS', 'retryable'],
    ['incomplete_response', 'INCOMPLETE_RESPONSE', 'retryable'],
    ['other', 'NETWORK', 'retryable'],
    ['blocked_address', 'BLOCKED_ADDRESS', 'rejected'],
  ] as const)('RG-30 %s', (reason, errorCode, outcome) => {
    const got = readPostback(failure(reason, 'ECONNTEST'));
    expect(got).toMatchObject({ outcome, errorCode, lead: null, test: null, retryAfterMs: null });
    expect(got.errorMessage).toContain('(ECONNTEST)');
  });

  test('RG-30 no empty brackets where the transport gave no words', () => {
    expect(readPostback(failure('dns')).errorMessage).toBe("The network's host name could not be resolved.");
  });
});
