import { expect, test } from 'vitest';
import { evidenceWords, sumWords, whatHappened } from './lead-words.ts';

test.each([
  [{ kind: 'chargeback', amountCents: 1, full: null }, 4900, 'Chargeback'],
  [{ kind: 'fraud', amountCents: null, full: null }, 4900, 'Fraud report'],
  [{ kind: 'refund', amountCents: null, full: null }, 4900, 'Full refund'],
  [{ kind: 'refund', amountCents: 4900, full: null }, 4900, 'Full refund'],
  [{ kind: 'refund', amountCents: 980, full: null }, 4900, 'Partial refund, 20 %'],
  [{ kind: 'refund', amountCents: 4899, full: null }, 4900, 'Partial refund, 99 %'],
  [{ kind: 'refund', amountCents: 1, full: null }, 4900, 'Partial refund, 1 %'],
  [{ kind: 'refund', amountCents: 500, full: null }, null, 'Refund'],
  [{ kind: 'refund', amountCents: null, full: false }, 4900, 'Partial refund'],
])('RG-42 says what happened: %o of %s → %s', (refund, revenue, words) => {
  expect(whatHappened(refund, revenue)).toBe(words);
});

test('evidence carries its sum, sums keep their currencies apart', () => {
  expect(evidenceWords({ kind: 'refund', amountCents: 4900, full: true }, 4900, 'USD')).toBe(
    'Full refund, $49.00',
  );
  expect(evidenceWords({ kind: 'refund', amountCents: null, full: true }, null, null)).toBe('Full refund');
  expect(
    sumWords([
      { currency: 'USD', minor: 27620 },
      { currency: 'JPY', minor: 1200 },
    ]),
  ).toBe('$276.20 and ¥1,200');
});
