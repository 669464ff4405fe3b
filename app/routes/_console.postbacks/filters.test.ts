import { expect, test } from 'vitest';
import { keptBy, listHref, readState, toFilter, VIEWS, viewHref, viewOf, writeState } from './filters.ts';
import { rangeStart } from './time-range.ts';

const read = (query: string) => readState(new URLSearchParams(query));
const FULL =
  'status=failed&status=parked&cause=NOT_FOUND&answer=404&network=regatta&campaign=cmp+1&q=order_%20x&range=7d&order=oldest&after=pbk_1&hide=network&open=pbk_2';

test('filters round-trip through the URL', () => {
  expect(read(writeState(read(FULL)).toString())).toEqual(read(FULL));
  expect(read(FULL)).toMatchObject({
    status: ['failed', 'parked'],
    answer: [404],
    campaign: ['cmp 1'],
    q: 'order_ x',
    order: 'oldest',
    open: 'pbk_2',
  });
  expect(writeState(read('')).toString()).toBe('');
});

test('what means nothing is left out', () => {
  expect(read('status=lost&answer=abc&answer=99&range=never&order=up&q=%00')).toEqual(read(''));
});

test('a change of filter goes back to the first page; opening a row does not', () => {
  const state = read('status=failed&after=pbk_9');
  expect(listHref(state, { open: 'pbk_3' })).toBe('/postbacks?status=failed&after=pbk_9&open=pbk_3');
  expect(listHref(state, { status: [] })).toBe('/postbacks');
  expect(keptBy(read('status=failed&q=x&open=pbk_1&after=pbk_2'), 'status')).toEqual([['q', 'x']]);
});

test('every view is found again by its own link', () => {
  for (const view of VIEWS) {
    const state = read(viewHref(read('order=oldest'), view).split('?')[1] ?? '');
    expect(viewOf(state)).toBe(view.key);
    expect(state.order).toBe('oldest');
  }
  expect(viewOf(read('cause=NOT_FOUND'))).toBe('');
});

test('today began at midnight where the reader is, also when clocks change', () => {
  const now = Date.UTC(2026, 4, 12, 12, 2, 3, 456);
  expect(new Date(rangeStart('today', now, 'Europe/Berlin')).toISOString()).toBe('2026-05-11T22:00:00.000Z');
  expect(new Date(rangeStart('today', now, 'Asia/Kolkata')).toISOString()).toBe('2026-05-11T18:30:00.000Z');
  expect(new Date(rangeStart('today', Date.UTC(2026, 2, 29, 12), 'Europe/Berlin')).toISOString()).toBe(
    '2026-03-28T23:00:00.000Z',
  );
  expect(new Date(rangeStart('today', Date.UTC(2026, 9, 25, 12), 'Europe/Berlin')).toISOString()).toBe(
    '2026-10-24T22:00:00.000Z',
  );
  expect(toFilter(read('range=24h'), now, 'UTC').from).toBe('2026-05-11T12:02:03.456Z');
});
