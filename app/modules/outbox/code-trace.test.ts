import { expect, test } from 'vitest';
import { codeInBody, differsOnlyInForm, queryValue, spellings } from './code-trace.ts';

test('RG-06 reads the code from a URL byte for byte', () => {
  expect(queryValue('https://shop.example/p?a=1&rgta_ref=k7Qm2XpN#x', 'rgta_ref')).toBe('k7Qm2XpN');
  expect(queryValue('https://shop.example/?rgta_ref=a+b', 'rgta_ref')).toBe('a+b');
  expect(queryValue('https://shop.example/?rgta_ref=%20k7%C3%A9', 'rgta_ref')).toBe(' k7é');
  expect(queryValue('https://shop.example/?rgta_ref=%E9', 'rgta_ref')).toBe('%E9');
  expect(queryValue('https://shop.example/?rgta_ref=', 'rgta_ref')).toBe('');
  expect(queryValue('https://shop.example/?rgta_ref=a=b', 'rgta_ref')).toBe('a=b');
  expect(queryValue('https://shop.example/?xrgta_ref=a', 'rgta_ref')).toBeNull();
  expect(queryValue('/no-query', 'rgta_ref')).toBeNull();
});

test('RG-29 knows codes that differ only by case or white space', () => {
  expect(differsOnlyInForm('k7qm2xpn', 'k7Qm2XpN')).toBe(true);
  expect(differsOnlyInForm('k7Qm2XpN ', 'k7Qm2XpN')).toBe(true);
  expect(differsOnlyInForm('k7Qm2XpN\u200b', 'k7Qm2XpN')).toBe(true);
  expect(differsOnlyInForm('k7Qm2XpN', 'k7Qm2XpN')).toBe(false);
  expect(differsOnlyInForm('k7Qm2XpN', 'k7Qm2XpM')).toBe(false);
});

test('RG-29 tries every spelling of a short code, and few of a long one', () => {
  const tried = spellings(' k7qm2xpn');
  expect(tried).toContain('k7Qm2XpN');
  expect(tried).toHaveLength(2 ** 6);
  expect(spellings('abcdefghijklmnopqrstuvwxyz')).toEqual(['ABCDEFGHIJKLMNOPQRSTUVWXYZ']);
  expect(spellings('1234')).toEqual([]);
});

test('RG-06 finds the code in the body as it was sent', () => {
  const body = '{"rgta_ref":"k7qm2xpn ","externalId":"o1"}';
  expect(codeInBody(body, 'k7Qm2XpN', 'rgta_ref')).toBe('k7qm2xpn ');
  expect(codeInBody('{"ref_code":"K7","n":1}', 'k7', 'affiliate_ref')).toBe('K7');
  expect(codeInBody('{"other":"zz"}', 'k7', 'rgta_ref')).toBeNull();
  expect(codeInBody('ref=k7', 'k7', 'rgta_ref')).toBeNull();
});
