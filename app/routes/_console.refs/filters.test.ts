import { describe, expect, test } from 'vitest';
import { cleanQuery, hrefWith, pairsOf, readFilters, refsHref, viewOf, whereOf } from './filters.ts';

const NONE = readFilters(new URLSearchParams());
const back = (href: string) => readFilters(new URL(href, 'http://x').searchParams);

test('RG-06 filters go into the URL and come back the same, white space and all', () => {
  const filters = {
    ref: ' m4tSBPs8 🙂+%&',
    prefix: 'a ',
    promo: 'not:BLACK,FRIDAY',
    promoPrefix: 'begins:',
    visitor: 'is:v 1',
    outcome: 'overwrite_blocked',
    source: 'browser',
    network: ['regatta'],
    networkNot: ['other', 'third'],
    range: '',
    from: '2026-05-01T00:00:00.000Z',
    to: '2026-05-12T12:00:00.000Z',
    hide: ['page', 'promo'],
  } as const satisfies Partial<Record<keyof typeof NONE, unknown>>;
  const mutable = {
    ...filters,
    network: [...filters.network],
    networkNot: [...filters.networkNot],
    hide: [...filters.hide],
  };
  expect(back(refsHref(pairsOf(mutable)))).toEqual(filters);
});

test('a filter is dropped without touching the others, and nonsense is left out', () => {
  const filters = readFilters(
    new URLSearchParams(
      'ref=a&outcome=lost&source=fax&range=9y&from=yesterday&hide=ref&hide=nothing&before=cap_1',
    ),
  );
  expect(filters).toEqual({ ...NONE, ref: 'a' });
  expect(refsHref(pairsOf(filters, 'ref'))).toBe('/refs');
  expect(refsHref(pairsOf(filters), { before: 'cap_1', open: 'cap_0' })).toBe(
    '/refs?ref=a&before=cap_1&open=cap_0',
  );
});

test('a range that moves and bounds that stay exclude each other', () => {
  expect(back('/refs?range=24h&from=2026-05-01T00:00:00Z')).toEqual({ ...NONE, range: '24h' });
  expect(hrefWith({ ...NONE, range: '7d' }, { range: '', from: '2026-05-01T00:00:00Z' })).toBe(
    '/refs?from=2026-05-01T00%3A00%3A00Z',
  );
});

test('a view keeps what the page knows, in one order, without the place in the list', () => {
  expect(
    cleanQuery(new URLSearchParams('open=cap_1&hide=promo&network=not:b&x=1&prefix=a&after=cap_2&hide=page')),
  ).toBe('prefix=a&network=not%3Ab&hide=page&hide=promo');
  expect(viewOf(back('/refs?outcome=overwrite_blocked&hide=page'))).toBe('blocked');
  expect(viewOf(back('/refs?outcome=overwrite_blocked&source=api'))).toBe('');
});

describe('whereOf', () => {
  const accounts = [
    { id: 'acc_1', name: 'a' },
    { id: 'acc_2', name: 'b' },
  ];
  const idsOf = (query: string) => whereOf(back(`/refs?${query}`), accounts, 0, 'UTC').accountIds;

  test('a network is or is not, and one that is not known matches nothing', () => {
    expect(idsOf('')).toBeUndefined();
    expect(idsOf('network=a')).toEqual(['acc_1']);
    expect(idsOf('network=not:a')).toEqual(['acc_2']);
    expect(idsOf('network=a&network=b')).toBeUndefined();
    expect(idsOf('network=nobody')).toEqual([]);
    expect(idsOf('network=not:nobody')).toBeUndefined();
    expect(idsOf('network=a&network=not:a')).toEqual([]);
  });

  test('today began at midnight in the zone', () => {
    const now = Date.parse('2026-05-12T12:00:00Z');
    expect(whereOf({ ...NONE, range: 'today' }, [], now, 'Europe/Berlin').from).toBe(
      '2026-05-11T22:00:00.000Z',
    );
  });
});
