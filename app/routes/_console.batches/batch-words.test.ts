import { expect, test } from 'vitest';
import { moneyWords, progressOf, stateOf, tallyWords } from './batch-words.ts';

const batch = {
  state: 'running' as const,
  eligible: 20,
  waiting: 4,
  disputed: 12,
  needApproval: 1,
  refused: 3,
  stopped: 0,
  leftOut: 2,
};

test('RG-36 a batch says what came of its rows, leaving out what did not happen', () => {
  expect(tallyWords(batch)).toBe('12 disputed, 1 waits for approval, 3 refused, 4 to go, 2 left out');
  expect(progressOf(batch)).toEqual({ done: 16, total: 20 });
  // what was undone had no turn
  expect(progressOf({ ...batch, state: 'undone', waiting: 0, stopped: 4 })).toEqual({ done: 16, total: 20 });
  expect(tallyWords({ ...batch, waiting: 0, disputed: 0, needApproval: 0, refused: 0, leftOut: 0 })).toBe(
    'nothing yet',
  );
});

test('one that was refused in part needs a look', () => {
  expect(stateOf({ ...batch, state: 'done' }).meaning).toBe('needs');
  expect(stateOf({ ...batch, state: 'done', refused: 0 }).meaning).toBe('good');
});

test('money of several currencies is never added', () => {
  expect(
    moneyWords(
      [
        { currency: 'USD', minor: 120_400 },
        { currency: 'JPY', minor: 3000 },
      ],
      2,
    ),
  ).toBe('$1,204.00 + ¥3,000 + 2 unknown');
  expect(moneyWords([], 0)).toBe('none');
});
