import { expect, test } from 'vitest';
import { matchedWords, reversalWords } from './match-words.ts';

test('RG-40 every match says by which id', () => {
  expect(matchedWords('payment_intent')).toBe('By its payment intent');
  expect(matchedWords('hand')).toBe('By hand');
  expect(matchedWords('some_new_id')).toBe('By its some new id');
});

test('RG-36 a reversal is shown as what it is: nothing disputed, or not reversible', () => {
  expect(reversalWords({ reversal: 'won', disposition: 'ignored' })).toMatchObject({
    title: 'Won back',
    late: false,
  });
  for (const disposition of ['disputed', 'disputing'])
    expect(reversalWords({ reversal: 'failed', disposition })).toMatchObject({
      late: true,
      rest: expect.stringContaining('not reversible'),
    });
});
