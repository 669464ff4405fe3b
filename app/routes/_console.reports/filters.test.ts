import { expect, test } from 'vitest';
import { boundsOf, hrefWith, leadsHref, periodChanges, readNarrowing, readPeriod } from './filters.ts';
import { tabOf } from './tabs.ts';

const query = (text: string) => new URLSearchParams(text);
const NOW = Date.parse('2026-11-20T12:00:00Z');

test('filters come from the address; what makes no sense is left out', () => {
  expect(
    readNarrowing(query('campaign=a&campaign=b&campaign=a&affiliate=x%00&currency=usd&network=')),
  ).toEqual({
    network: [],
    campaign: ['a', 'b'],
    affiliate: null,
    currency: 'USD',
  });
  expect(readNarrowing(query('currency=dollars&affiliate= Af1 '))).toMatchObject({
    currency: null,
    affiliate: ' Af1 ',
  });
});

test('a range of time makes the way to the address and back', () => {
  for (const period of [
    {},
    { range: '7d' },
    { range: '30d' },
    { from: '2026-11-01T00:00:00.000Z' },
    { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
  ] as const) {
    const address = query(hrefWith(query('range=90d&from=2020-01-01'), periodChanges(period)));
    const { any, ...read } = readPeriod(address);
    expect(read).toEqual(expect.objectContaining(period));
    expect(any).toBe(Object.keys(period).length === 0);
  }
  expect(readPeriod(query(''))).toEqual({ range: '30d', any: false });
  expect(readPeriod(query('from=2026-11-02&to=2026-11-01'))).toEqual({ range: '30d', any: false });
});

test('bounds: a range ends now, a moment that is missing bounds nothing', () => {
  expect(boundsOf({ range: '7d', any: false }, NOW, 'UTC')).toEqual({ from: NOW - 7 * 86_400_000, to: null });
  expect(boundsOf({ any: true }, NOW, 'UTC')).toEqual({ from: null, to: null });
  expect(boundsOf({ to: '2026-11-01T00:00:00.000Z', any: false }, NOW, 'UTC')).toEqual({
    from: null,
    to: Date.UTC(2026, 10, 1),
  });
});

test('another filter begins at the start of the list, a page does not drop the filters', () => {
  expect(hrefWith(query('after=1.led_A&currency=USD'), { currency: 'EUR' })).toBe('?currency=EUR');
  expect(hrefWith(query('currency=USD'), { after: '1.led_A' })).toBe('?currency=USD&after=1.led_A');
  expect(hrefWith(query('currency=USD'), { currency: null })).toBe('?');
});

test('a number leads to its leads: the row’s own value stands for the filter of that field', () => {
  const filter = readNarrowing(query('campaign=a&campaign=b&network=regatta'));
  expect(leadsHref(filter, { holdState: 'released', campaign: 'b', currency: 'USD' })).toBe(
    '/leads?view=all&holdState=released&network=regatta&campaign=b&currency=USD',
  );
  expect(leadsHref(filter, { affiliate: null })).toBe(
    '/leads?view=all&network=regatta&campaign=a&campaign=b',
  );
});

test('the tab of an address', () => {
  expect(['/reports', '/reports/', '/reports/expected'].map(tabOf)).toEqual([
    'payouts',
    'payouts',
    'expected',
  ]);
});
