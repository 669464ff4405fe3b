import { expect, test } from 'vitest';
import { answer } from '../shared/testing/http.ts';
import { readTransportFailure } from '../shared/transport.ts';
import type { TransportFailure, WhoFixes } from '../types.ts';
import { explain } from './explain.ts';
import guideErrors from './fixtures/guide-errors.json' with { type: 'json' };
import { readPostback } from './read-response.ts';

/** Every way a request can bring no answer. The type sees to it that none is forgotten. */
const TRANSPORT: Record<TransportFailure, { code: string; who: WhoFixes; sent: RegExp }> = {
  timeout: { code: 'TIMEOUT', who: 'nobody_yet', sent: /may or may not have acted/ },
  dns: { code: 'DNS', who: 'ops', sent: /nothing was sent/i },
  refused: { code: 'REFUSED', who: 'nobody_yet', sent: /nothing was sent/i },
  reset: { code: 'RESET', who: 'nobody_yet', sent: /may or may not have acted/ },
  tls: { code: 'TLS', who: 'ops', sent: /neither the key nor the request was sent/ },
  incomplete_response: { code: 'INCOMPLETE_RESPONSE', who: 'nobody_yet', sent: /most likely acted/ },
  other: { code: 'NETWORK', who: 'nobody_yet', sent: /pays nothing twice/ },
  blocked_address: { code: 'BLOCKED_ADDRESS', who: 'ops', sent: /nothing was sent/i },
};
const failures = Object.entries(TRANSPORT) as [TransportFailure, (typeof TRANSPORT)[TransportFailure]][];

const guide: Record<string, { who: WhoFixes; press: RegExp; page?: 'campaign' | 'settings' }> = {
  'campaign not active': { who: 'account_owner', press: /^Activate the campaign/, page: 'campaign' },
  'revenue missing': { who: 'developer', press: /report revenueCents/ },
  'no escrow account': { who: 'network_support', press: /support of Regatta/ },
  'wallet empty': { who: 'account_owner', press: /^(Top up|Fund) the wallet/ },
  'field refused': { who: 'developer', press: /^Correct where/ },
  'campaign budget used up': { who: 'account_owner', press: /^Raise the budget/, page: 'campaign' },
  'key missing': { who: 'ops', press: /base URL .* proxy/, page: 'settings' },
  'key refused': { who: 'ops', press: /save it in the account under Settings/, page: 'settings' },
  'not allowed for this key': { who: 'ops', press: /account in Settings/, page: 'settings' },
  'email not verified': { who: 'account_owner', press: /verification message/ },
  'account suspended': { who: 'network_support', press: /support of Regatta/ },
  'unknown tracking code': { who: 'developer', press: /byte by byte/ },
  'error at the network': { who: 'nobody_yet', press: /retried by itself/ },
};
const LINKS = { campaign: /dashboard\/campaigns\/c-1$/, settings: /dashboard\/settings$/ };

const context = (httpStatus: number | null) => ({ httpStatus, networkCampaignId: 'c-1' });
const complete = (got: ReturnType<typeof explain>) => {
  for (const words of [got.title, got.meaning, got.whatToDo]) expect(words.length).toBeGreaterThan(15);
  expect(got.short).toMatch(/^[a-z]/);
  expect(got.short.length).toBeLessThanOrEqual(32);
  // whole sentences: they stand one after the other
  for (const words of [got.meaning, got.whatToDo]) expect(words).toMatch(/[.”]$/);
  expect(got.title).not.toMatch(/\.$/);
};

test.each(guideErrors)(
  'RG-24…RG-30 guide: $status $code $message says what, why, who and what to press',
  (entry) => {
    const { status, code, message, short } = entry;
    const expected = guide[short];
    if (!expected) throw new Error(`no row for ${short}`);
    const read = readPostback(answer(status, { error: { code, message } }));
    const got = explain(read.errorCode ?? '', read.errorMessage, context(status));
    complete(got);
    expect(got).toMatchObject({ short, who: expected.who });
    expect(got.whatToDo).toMatch(expected.press);
    expect(got.link?.url ?? '').toMatch(expected.page ? LINKS[expected.page] : /^$/);
    // what is refused is not repeated by itself, so it says when to retry
    if (got.retry === 'after_fix' && short !== 'unknown tracking code')
      expect(got.whatToDo).toMatch(/retry|retried|activate/i);
  },
);

test('the table has a row for every entry of the guide and none besides', () => {
  expect(new Set(guideErrors.map(({ short }) => short))).toEqual(new Set(Object.keys(guide)));
});

test.each(failures)(
  'RG-30 transport: %s says what, why, who and what to press',
  (failure, { code, who, sent }) => {
    const read = readTransportFailure({
      kind: 'failure',
      failure,
      message: '',
      maySent: true,
      durationMs: 1,
    });
    expect(read.errorCode).toBe(code);
    const got = explain(code, read.errorMessage, context(null));
    complete(got);
    expect(got).toMatchObject({
      who,
      link: null,
      retry: read.outcome === 'retryable' ? 'automatic' : 'after_fix',
    });
    expect(got.meaning).toMatch(sent);
    expect(got.whatToDo).toMatch(/retried by itself|then retry/);
  },
);

test.each([
  ['NOT_JSON', answer(502, '<html>Bad gateway</html>', { headers: { 'content-type': 'text/html' } })],
  ['NOT_JSON', answer(403, '<html>Blocked</html>', { headers: { 'content-type': 'text/html' } })],
  ['REDIRECT', answer(302, '', { headers: { location: 'https://elsewhere.example/' } })],
  ['RATE_LIMITED', answer(429, '')],
  ['UNEXPECTED_BODY', answer(400, { nothing: 'known' })],
  ['UNEXPECTED_STATUS', answer(204, '')],
  ['UNREADABLE_SUCCESS', answer(201, '<html></html>')],
] as const)('RG-23 RG-31 answer: %s says what, why, who and what to press', (code, response) => {
  const read = readPostback(response);
  expect(read.errorCode).toBe(code);
  const got = explain(
    code,
    read.errorMessage,
    context(response.kind === 'response' ? response.status : null),
  );
  complete(got);
  expect(got.retry).toBe(read.outcome === 'retryable' ? 'automatic' : 'after_fix');
  expect(got.title).not.toContain('the guide does not know:');
});

test.each([200, 201])(
  'RG-43 a postback answered %i without its lead says both that may have happened, and what to press',
  (status) => {
    const read = readPostback(answer(status, '<title>Welcome to nginx!</title>'));
    expect(read.errorCode).toBe('UNREADABLE_SUCCESS');
    const got = explain('UNREADABLE_SUCCESS', read.errorMessage, context(status));
    complete(got);
    expect(got).toMatchObject({ who: 'ops', retry: 'after_fix', link: null });
    expect(got.meaning).toMatch(
      /By its status \(20[01]\).*never arrived.*cannot be disputed.*Nothing is sent again by itself/,
    );
    expect(got.whatToDo).toMatch(
      /base URL .* proxy .* send one again and release the rest.*pays nothing twice/,
    );
  },
);

test('no two causes are told by the same words', () => {
  const titles = [
    ...guideErrors.map(({ status, code, message }) => explain(code, message, context(status)).title),
    ...failures.map(([, { code }]) => explain(code, null, context(null)).title),
    ...[
      'NOT_JSON',
      'UNEXPECTED_BODY',
      'RESPONSE_TOO_LARGE',
      'RATE_LIMITED',
      'REDIRECT',
      'UNEXPECTED_STATUS',
      'UNREADABLE_SUCCESS',
    ].map((code) => explain(code, null, context(400)).title),
    ...['INTERRUPTED', 'CANNOT_BUILD'].map((code) => explain(code, null, context(null)).title),
  ];
  expect(new Set(titles).size).toBe(titles.length);
});
