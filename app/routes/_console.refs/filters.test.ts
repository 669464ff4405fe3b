import { expect, test } from 'vitest';
import { pairsOf, readFilters, refsHref } from './filters.ts';

test('RG-06 filters go into the URL and come back the same, white space and all', () => {
  const filters = {
    ref: ' m4tSBPs8 🙂+%&',
    prefix: 'a ',
    outcome: 'overwrite_blocked',
    source: 'browser',
    network: 'regatta',
    range: '24h',
  } as const;
  expect(readFilters(new URL(refsHref(pairsOf(filters)), 'http://x').searchParams)).toEqual(filters);
});

test('a filter is dropped without touching the others, and nonsense is left out', () => {
  const filters = readFilters(new URLSearchParams('ref=a&outcome=lost&source=fax&range=9y&before=cap_1'));
  expect(filters).toEqual({ ref: 'a', prefix: '', outcome: '', source: '', network: '', range: '' });
  expect(refsHref(pairsOf(filters, 'ref'))).toBe('/refs');
  expect(refsHref(pairsOf(filters), { before: 'cap_1', open: 'cap_0' })).toBe(
    '/refs?ref=a&before=cap_1&open=cap_0',
  );
});
