import { expect, test } from 'vitest';
import { filterOf, hrefWith, keepFor, parseLeadsUrl } from './filters.ts';

const NOW = Date.parse('2026-05-12T12:00:00Z');
const read = (text: string) => parseLeadsUrl(new URLSearchParams(text));

test('the page opens on refunded leads; a filter alone means all leads', () => {
  expect(read('').view).toBe('refunded');
  expect(read('q=order_1').view).toBe('all');
  expect(read('holdState=pending_release').view).toBe('all');
  expect(read('view=nonsense').view).toBe('refunded');
});

test('a tab and its filters become one filter', () => {
  expect(filterOf(read('view=due&campaign=c1&campaign=c2'), NOW)).toEqual({
    refunded: true,
    dueBefore: '2026-05-15T12:00:00.000Z',
    campaign: ['c1', 'c2'],
  });
  expect(filterOf(read('holdState=released&holdState=wrong'), NOW)).toEqual({ holdState: ['released'] });
  expect(filterOf(read('view=held&holdState=released'), NOW), 'a tab has its own state').toEqual({
    holdState: ['pending_release'],
  });
});

test('filters round-trip through the address byte for byte', () => {
  const q = ' Ord€r/1?&=🙂 ';
  const href = hrefWith(new URLSearchParams('view=all&after=1.led_2&open=led_9'), { q });
  expect(read(href).q).toBe(q);
  expect(read(href).after, 'another filter begins at the start').toBeUndefined();
  expect(read(href).open).toBe('led_9');
  expect(
    read(hrefWith(new URLSearchParams('q=a&after=1.led_2'), { open: 'led_1' })).after,
    'opening a row keeps the place',
  ).toBe('1.led_2');
  expect(hrefWith(new URLSearchParams('q=a'), { q: null })).toBe('?');
});

test('what cannot be kept is as good as absent', () => {
  expect(read('q=%00a').q).toBeNull();
  expect(keepFor(new URLSearchParams('q=a&view=all&open=led_1&after=x'), 'q')).toEqual([['view', 'all']]);
});
