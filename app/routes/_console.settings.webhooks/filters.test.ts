import { expect, test } from 'vitest';
import { eventsHref, isFiltered, keptOf, parseEventsUrl } from './filters.ts';

test('RG-39 the address of the deliveries survives a round trip, without what cannot be read', () => {
  const url = parseEventsUrl(
    new URLSearchParams('state=failed&type=refund.created&q=evt_1&mode=test&before=evt_x'),
  );
  expect(url).toEqual({
    state: 'failed',
    type: 'refund.created',
    q: 'evt_1',
    mode: 'test',
    before: 'evt_x',
    after: undefined,
  });
  expect(parseEventsUrl(new URLSearchParams(keptOf(url)))).toEqual({ ...url, before: undefined });
  const odd = parseEventsUrl(
    new URLSearchParams([
      ['state', 'lost'],
      ['q', 'a\0b'],
      ['mode', 'both'],
    ]),
  );
  expect(odd).toMatchObject({ state: null, q: null, mode: null });
  expect(isFiltered(odd)).toBe(false);
  expect(isFiltered(url)).toBe(true);
});

test('RG-39 a change of filter drops the cursor and keeps the rest', () => {
  const url = parseEventsUrl(new URLSearchParams('state=failed&before=evt_x'));
  expect(eventsHref('whk_1', url, { state: null })).toBe('/settings/webhooks/whk_1');
  expect(eventsHref('whk_1', url, { q: 're_1' })).toBe('/settings/webhooks/whk_1?state=failed&q=re_1');
  expect(eventsHref('whk_1', url, {}, { after: 'evt_y' })).toBe(
    '/settings/webhooks/whk_1?state=failed&after=evt_y',
  );
});
