import { expect, test } from 'vitest';
import { timeSpan } from './issue-words.ts';

test.each([
  [-1, 'less than a minute'],
  [59_999, 'less than a minute'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 d'],
])('%d ms is %s', (ms, words) => {
  expect(timeSpan(ms)).toBe(words);
});
