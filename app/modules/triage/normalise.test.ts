import { expect, test } from 'vitest';
import { messageKey, normaliseMessage } from './normalise.ts';

test.each([
  [
    'No affiliate enrollment found for tracking code k7qm2xpn',
    'No affiliate enrollment found for tracking code <id>',
  ],
  [
    'No affiliate enrollment found for tracking code pXqRtBvN',
    'No affiliate enrollment found for tracking code <id>',
  ],
  ['Campaign 0b8f7a52-6c1d-4a09-9c3c-2f6f3f1f2f10 is not active', 'Campaign <id> is not active'],
  ['Order order_12345 of 2026-05-12T14:22:09Z refused', 'Order <id> of <time> refused'],
  ['Balance 12.50 is below 99,000', 'Balance # is below #'],
  ["Unknown value 'abc' for “eventType”", 'Unknown value "…" for "…"'],
  ['Write to help@regatta.network or see https://regatta.network/x?y=1', 'Write to <email> or see <url>'],
  ['Session 5f4dcc3b5aa765d61d8327deb882cf99 expired', 'Session <id> expired'],
  ['connect ECONNREFUSED 127.0.0.1:3999', 'connect ECONNREFUSED #'],
  ['connect ECONNREFUSED ::1:3999', 'connect ECONNREFUSED <ip>'],
  [
    'No complete answer within 10 s (UND_ERR_CONNECT_TIMEOUT)',
    'No complete answer within # s (UND_ERR_CONNECT_TIMEOUT)',
  ],
  ['  spaced \n out\t', 'spaced out'],
])('%s is kept as %s', (message, words) => {
  expect(normaliseMessage(message)).toBe(words);
});

test.each([
  'revenueCents is required on postbacks for REV_SHARE campaigns',
  'Campaign has no escrow account',
  'rgta_ref too long: it doesn’t fit',
  "It doesn't fit and won't",
  'Nicht gültig: Bitte prüfen',
  'Invalid externalId at HTTPServer, re-activate it',
])('%s says the same each time and stays', (message) => {
  expect(normaliseMessage(message)).toBe(message);
});

test('what has been normalised stays as it is, and two occurrences are one cause', () => {
  const a = normaliseMessage(
    'Lead 3fa85f64 of "Ana" <ana@shop.example> at 12:30 is 99.5% off https://x.example/1',
  );
  expect(normaliseMessage(a)).toBe(a);
  expect(a).toBe(
    normaliseMessage('Lead 77ac5f64 of "Bo" <bo@shop.example> at 08:01 is 7% off https://x.example/22'),
  );
});

test('none, and very long ones', () => {
  expect(normaliseMessage(null)).toBe('');
  const long = normaliseMessage('word '.repeat(100_000));
  expect(long.length).toBeLessThanOrEqual(300);
  expect(normaliseMessage('"'.repeat(100_000)).length).toBeLessThanOrEqual(300);
  expect(normaliseMessage('😀'.repeat(400)).isWellFormed()).toBe(true);
});

test('a key is 16 hex characters and depends on the words alone', () => {
  expect(messageKey('a')).toMatch(/^[0-9a-f]{16}$/);
  expect(messageKey('a')).toBe(messageKey('a'));
  expect(messageKey('a')).not.toBe(messageKey('b'));
});
