import { expect, test } from 'vitest';
import { choiceOf, listHref, pairsOf, readFilters, readKnown } from './filters.ts';

test('the filters of the list go into the URL and come back the same', () => {
  const filters = { q: 'Annual 20 %&x', status: 'ACTIVE', network: 'regatta', confirmed: 'no' };
  const href = listHref(pairsOf(filters));
  expect(readFilters(new URL(href, 'http://x').searchParams)).toEqual(filters);
});

test('a filter is dropped without touching the others, and nonsense is left out', () => {
  const filters = readFilters(new URLSearchParams('q=a&confirmed=perhaps&before=cmp_1'));
  expect(filters).toEqual({ q: 'a', status: '', network: '', confirmed: '' });
  expect(listHref(pairsOf(filters, 'q'))).toBe('/campaigns');
  expect(listHref(pairsOf(filters), { before: 'cmp_1' })).toBe('/campaigns?q=a&before=cmp_1');
});

test('an account that there is not counts as none, for the list as for its export', () => {
  const read = (query: string) => readKnown(new URLSearchParams(query), ['regatta']);
  expect(read('q=a&network=nobody').network).toBe('');
  expect(choiceOf(read('network=regatta&confirmed=no'))).toEqual({ network: 'regatta', confirmed: false });
});
