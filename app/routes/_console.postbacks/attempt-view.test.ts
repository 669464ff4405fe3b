import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { AttemptItem } from '#app/modules/outbox/detail-schema.ts';
import { answerLine, changesSince, curlOf } from './attempt-view.ts';

const attempt = (over: Partial<AttemptItem> = {}): AttemptItem => ({
  id: 'att_1',
  number: 1,
  startedAt: '2026-05-12T12:00:23.000Z',
  durationMs: 412,
  timings: null,
  requestMethod: 'POST',
  requestUrl: 'https://regatta.network/api/v1/postback',
  requestHeaders: { authorization: 'Bearer rgt_live_••••••••4c1e', 'content-type': 'application/json' },
  requestBody: '{"rgta_ref":"k7","externalId":"it\'s $HOME"}',
  responseStatus: 500,
  responseHeaders: { date: 'now' },
  responseBody: '{}',
  bodyEncoding: 'utf8',
  responseBytes: 2,
  truncated: false,
  outcome: 'retryable',
  errorCode: 'INTERNAL_ERROR',
  errorMessage: null,
  errorDetails: [],
  ...over,
});

test('RG-09 copy as curl reads the key from the environment and keeps the body byte for byte', () => {
  const curl = curlOf(attempt(), 'regatta') ?? '';
  expect(curl).toContain('-H "authorization: Bearer $REGATTA_API_KEY"');
  expect(curl).not.toContain('••');
  const said = execFileSync('bash', ['-c', curl.replace(/^curl/, "printf '%s\\n'")], {
    env: { ...process.env, REGATTA_API_KEY: 'secret' },
    encoding: 'utf8',
  }).split('\n');
  expect(said).toContain('authorization: Bearer secret');
  expect(said).toContain(attempt().requestBody);
  expect(curlOf(attempt({ requestMethod: null, requestUrl: null }), 'regatta')).toBeNull();
  expect(curlOf(attempt(), 'offer-network')).toContain('$OFFER_NETWORK_API_KEY');
});

test('RG-32 says what changed since the attempt before, and what only looks changed is left out', () => {
  expect(
    changesSince(attempt(), attempt({ number: 2, responseHeaders: { date: 'later', 'x-request-id': 'r2' } })),
  ).toEqual([]);
  expect(changesSince(attempt(), attempt({ responseStatus: 404, errorCode: 'NOT_FOUND' }))).toEqual([
    'answer changed from 500 INTERNAL_ERROR',
  ]);
  expect(
    changesSince(attempt(), attempt({ requestBody: '{"rgta_ref":"K7","externalId":"it\'s $HOME"}' })),
  ).toEqual(['request body changed: rgta_ref']);
  expect(
    changesSince(
      attempt(),
      attempt({
        requestHeaders: { ...attempt().requestHeaders, authorization: 'Bearer rgt_live_••••••••9999' },
      }),
    ),
  ).toEqual(['another key']);
  expect(changesSince(attempt(), attempt({ responseBody: '{"a":1}' }))).toEqual(['same answer, other body']);
});

test('RG-32 an answer in a line', () => {
  expect(answerLine(404, 'NOT_FOUND')).toBe('404 NOT_FOUND');
  expect(answerLine(null, 'TIMEOUT')).toBe('Timed out');
  expect(answerLine(201, null)).toBe('201');
  expect(answerLine(null, null)).toBe('');
});
