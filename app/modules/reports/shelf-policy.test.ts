import { expect, test } from 'vitest';
import { answerBy, isDue } from './shelf-policy.ts';

const MINUTE = 60_000;

test('a report that costs nothing is never old', () => {
  expect(answerBy({ tookMs: 4, ageMs: 199 })).toBe('keep');
  expect(answerBy({ tookMs: 4, ageMs: 200 })).toBe('read');
  expect(answerBy({ tookMs: 99, ageMs: 5_000 })).toBe('read');
});

test('a dear report answers at once while it is read anew, until it is too old', () => {
  expect(answerBy({ tookMs: 600, ageMs: 29_999 })).toBe('keep');
  expect(answerBy({ tookMs: 600, ageMs: 30_000 })).toBe('renew');
  expect(answerBy({ tookMs: 6_000, ageMs: 59_999 })).toBe('keep');
  expect(answerBy({ tookMs: 6_000, ageMs: MINUTE })).toBe('renew');
  expect(answerBy({ tookMs: 6_000, ageMs: 15 * MINUTE - 1 })).toBe('renew');
  expect(answerBy({ tookMs: 6_000, ageMs: 15 * MINUTE })).toBe('read');
});

test('what was wanted lately and is dear is kept ready, however dear never past its age', () => {
  const asked = { askedMsAgo: 60 * MINUTE };
  expect(isDue({ tookMs: 99, ageMs: 60 * MINUTE, ...asked })).toBe(false);
  expect(isDue({ tookMs: 200, ageMs: 2 * MINUTE - 1, ...asked })).toBe(false);
  expect(isDue({ tookMs: 200, ageMs: 2 * MINUTE, ...asked })).toBe(true);
  expect(isDue({ tookMs: 1_000, ageMs: 4 * MINUTE, ...asked })).toBe(false);
  expect(isDue({ tookMs: 1_000, ageMs: 5 * MINUTE, ...asked })).toBe(true);
  expect(isDue({ tookMs: 60_000, ageMs: 10 * MINUTE, ...asked })).toBe(true);
  expect(isDue({ tookMs: 1_000, ageMs: 5 * MINUTE, askedMsAgo: 13 * 60 * MINUTE })).toBe(false);
});
