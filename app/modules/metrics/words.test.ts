import { describe, expect, test } from 'vitest';
import { excerpt, locate, matchOf, phraseOf, tsqueryOf, tsvectorOf } from './words.ts';

const phrase = (text: string) => {
  const made = phraseOf(text);
  if (!made) throw new Error(`no words in ${text}`);
  return made;
};

describe('phrases', () => {
  test('case and what stands between words do not count; the last word is a beginning', () => {
    expect(phrase('Order_1042: "Not found"')).toEqual({
      words: ['order', '1042', 'not', 'found'],
      prefix: true,
    });
    expect(phraseOf('…!?')).toBeNull();
  });
  test('a single letter at the end must be the whole word', () => {
    expect(phrase('plan a').prefix).toBe(false);
    expect(phrase('plan pr').prefix).toBe(true);
  });
  test('nothing that is typed is read as an operator of either store', () => {
    const typed = phrase(`a" OR NEAR(b) ' | & ! <-> :* AND c`);
    expect(matchOf(typed)).toBe('"a or near b and c"');
    expect(tsqueryOf(phrase(`o'brien:* & pro`))).toBe(`'o' <-> 'brien' <-> 'pro':*`);
  });
});

describe('the word list of PostgreSQL', () => {
  test('holds places, and a gap between texts', () => {
    expect(tsvectorOf(['a b a', 'c'])).toBe(`'a':1,3 'b':2 'c':5`);
  });
  test('keeps within what a tsvector can hold', () => {
    const [entry = ''] = tsvectorOf([`${'x '.repeat(20_000)}`]).split(' ');
    expect(entry.split(',').length).toBeLessThanOrEqual(250);
    expect(tsvectorOf(['y'.repeat(5_000)]).length).toBeLessThan(300);
  });
  test('a line end inside JSON parts words', () => {
    expect(tsvectorOf(['one\\ntwo'])).toBe(`'one':1 'two':2`);
  });
});

describe('where a phrase stands', () => {
  const body = '{"message":"No enrollment\\nfor CODE AbC123","plan":"pro"}';
  test('is told by its place in the text as it was sent', () => {
    const found = locate(body, phrase('enrollment FOR code'));
    expect(found && body.slice(found.from, found.to)).toBe('enrollment\\nfor CODE');
    const begun = locate(body, phrase('code abc'));
    expect(begun && body.slice(begun.from, begun.to)).toBe('CODE AbC123');
  });
  test('only whole words count but for the last', () => {
    expect(locate(body, phrase('enroll for'))).toBeNull();
    expect(locate(body, phrase('roll'))).toBeNull();
  });
  test('an excerpt holds it and says what was left out', () => {
    const long = `${'x '.repeat(300)}needle${' y'.repeat(300)}`;
    const found = locate(long, phrase('needle'));
    const piece = found && excerpt(long, found, 60);
    expect(piece).toContain('needle');
    expect(piece).toMatch(/^….*…$/);
    expect((piece ?? '').length).toBeLessThanOrEqual(62);
  });
});
