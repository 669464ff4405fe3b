import { describe, expect, test } from 'vitest';
import { judgeSilence } from './silence.ts';

const MINUTE = 60_000;

describe('silence', () => {
  test('none for a while is unusual where the same hours of the weeks before were busy', () => {
    expect(judgeSilence(40 * MINUTE, [12, 9, 14, 8, 11, 10, 13, 9])).toEqual({
      kind: 'unusual',
      usual: 10,
      weeks: 8,
    });
  });

  test('a night, a quiet weekday and a small shop are never unusual', () => {
    expect(judgeSilence(8 * 60 * MINUTE, [0, 0, 1, 0, 2, 0, 0, 0])).toEqual({ kind: 'usual' });
    expect(judgeSilence(3 * 60 * MINUTE, [6, 5, 4, 6, 5, 3, 6, 5])).toEqual({ kind: 'usual' });
    // hours that are busy in some weeks and empty in others
    expect(judgeSilence(60 * MINUTE, [40, 0, 38, 0, 41, 39, 37, 44])).toEqual({ kind: 'usual' });
  });

  test('one empty week in eight, a holiday, hides nothing', () => {
    expect(judgeSilence(60 * MINUTE, [40, 0, 38, 42, 41, 39, 37, 44]).kind).toBe('unusual');
  });

  test('with too little history it says so instead of guessing', () => {
    expect(judgeSilence(600 * MINUTE, [90, 80, 85])).toEqual({ kind: 'too_little_history', weeks: 3 });
    expect(judgeSilence(600 * MINUTE, [90, 80, 85, 88]).kind).toBe('unusual');
  });

  test('shorter than a quarter of an hour is nothing, however busy it usually is', () => {
    expect(judgeSilence(14 * MINUTE, [900, 900, 900, 900])).toEqual({ kind: 'usual' });
  });
});
