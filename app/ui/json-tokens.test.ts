import { expect, test } from 'vitest';
import { prettyTokens, tokenizeJson } from './json-tokens.ts';

const pretty = (text: string) =>
  prettyTokens(tokenizeJson(text) ?? [])
    .map((token) => token.text)
    .join('');

test('lays JSON out with short objects on one line', () => {
  expect(pretty('{"a":"x","n":6900,"m":{"plan":"annual"},"l":[1,2],"e":{},"d":{"x":{"y":1}}}')).toBe(
    [
      '{',
      '  "a": "x",',
      '  "n": 6900,',
      '  "m": { "plan": "annual" },',
      '  "l": [1, 2],',
      '  "e": {},',
      '  "d": {',
      '    "x": { "y": 1 }',
      '  }',
      '}',
    ].join('\n'),
  );
});

test('keeps numbers and escapes exactly as they were sent', () => {
  const text = '{"id":12345678901234567890,"f":1.10,"s":"\\u00e9\\n","e":-1.5E+3}';
  const kept = (tokenizeJson(text) ?? []).map((token) => token.text).join('');
  expect(kept).toBe(text);
  expect(pretty(text)).toContain('12345678901234567890');
  expect(pretty(text)).toContain('1.10');
});

test('tells keys from strings and refuses what is no JSON', () => {
  const kinds = tokenizeJson('{ "a" : "b" }')?.filter((token) => token.kind !== 'space');
  expect(kinds?.map((token) => token.kind)).toEqual(['punct', 'key', 'punct', 'string', 'punct']);
  expect(tokenizeJson('<html>')).toBeNull();
  expect(tokenizeJson('{"a":')).toBeNull();
});
