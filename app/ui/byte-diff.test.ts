import { describe, expect, test } from 'vitest';
import { describeChange, diffCells, traceSteps, utf8Length } from './byte-diff.ts';

describe('RG-06 byte trace', () => {
  test('RG-06 marks only the first change and says what happened', () => {
    const steps = traceSteps(['k7Qm2XpN', 'k7Qm2XpN', 'k7qm2xpn', 'k7qm2xpn', 'k7qm2xp']);
    expect(steps.map((step) => step.kind)).toEqual([
      'origin',
      'same',
      'first-change',
      'as-before',
      'changed-again',
    ]);
    expect(steps[2]).toMatchObject({ change: '3 letters lower-cased here', before: 'k7Qm2XpN' });
  });

  test('RG-06 places that were not seen are left out of the comparison', () => {
    expect(traceSteps([null, 'a', null, 'a']).map((step) => step.kind)).toEqual([
      'absent',
      'origin',
      'absent',
      'same',
    ]);
  });

  test.each([
    ['a b', 'a b ', 'white space added here'],
    [' ab', 'ab', 'white space cut off here'],
    ['a%2Bb', 'a+b', 'percent-decoded here'],
    ['a+b', 'a%2Bb', 'percent-encoded here'],
    ['a+b', 'a b', '+ became a space here'],
    ['abcdef', 'abcd', '2 characters cut off the end here'],
    ['abc', 'xabc', '1 character added at the start here'],
    ['abc', 'ABC', '3 letters upper-cased here'],
    ['abcd', 'abXd', '1 of 4 characters changed here'],
    ['\u00e9', 'e\u0301', 'Unicode form changed here'],
    ['abc', '', 'nothing was left of it here'],
    ['abc', 'zz', 'another code from here on'],
  ])('RG-06 %j to %j: %s', (before, after, words) => {
    expect(describeChange(before, after)).toBe(words);
  });

  test('RG-06 compares exactly: case, white space and Unicode form count', () => {
    const changed = diffCells('k7Qm', 'k7qm').filter((cell) => cell.state === 'changed');
    expect(changed.map((cell) => cell.shown)).toEqual(['q']);
    expect(describeChange('abc', 'abc')).toBeNull();
  });

  test('RG-06 shows white space and invisible characters by signs', () => {
    expect(diffCells(null, ' \t\u200bé').map((cell) => cell.shown)).toEqual(['␣', '⇥', 'U+200B', 'é']);
  });

  test('RG-06 what was lost stays visible in its place', () => {
    expect(diffCells('abcdef', 'abef').map((cell) => [cell.shown, cell.state])).toEqual([
      ['a', 'same'],
      ['b', 'same'],
      ['c', 'gone'],
      ['d', 'gone'],
      ['e', 'same'],
      ['f', 'same'],
    ]);
  });

  test('RG-06 counts bytes of UTF-8, not characters', () => {
    expect([utf8Length('k7Qm2XpN'), utf8Length('é'), utf8Length('😀')]).toEqual([8, 2, 4]);
  });
});
