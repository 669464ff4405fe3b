import { expect, test } from 'vitest';
import {
  isSet,
  keptBy,
  listHref,
  problemsOf,
  readState,
  setParts,
  toFilter,
  VIEWS,
  viewHref,
  viewOf,
  without,
  withPart,
  writeState,
} from './filters.ts';

const read = (query: string) => readState(new URLSearchParams(query));
const FULL =
  'status=failed&status=parked&cause=begins:AUTH&httpStatus=not:404&network=regatta&campaign=cmp+1&affiliate=aff_1&code=begins:aB3&externalId=a,b&issue=iss_1&amount=gte:5&currency=USD&attempts=3&job=job_1&acknowledged=no&text=no+code&q=order_%20x&range=7d&order=oldest&after=pbk_1&hide=network&show=attempts&open=pbk_2';

test('filters round-trip through the URL', () => {
  expect(read(writeState(read(FULL)).toString())).toEqual(read(FULL));
  expect(read(FULL)).toMatchObject({
    filter: { status: ['failed', 'parked'], campaign: ['cmp 1'], q: 'order_ x', not: { httpStatus: [404] } },
    order: 'oldest',
    open: 'pbk_2',
    show: ['attempts'],
  });
  expect(writeState(read('')).toString()).toBe('');
});

test('what means nothing is left out, and links from before operators still lead there', () => {
  expect(read('status=lost&httpStatus=abc&range=never&order=up&q=%00')).toEqual(read(''));
  expect(read('answer=404').filter).toEqual({ httpStatus: [404] });
});

test('a change of filter goes back to the first page; opening a row does not', () => {
  const state = read('status=failed&after=pbk_9');
  expect(listHref(state, { open: 'pbk_3' })).toBe('/postbacks?status=failed&after=pbk_9&open=pbk_3');
  expect(listHref(state, { filter: {} })).toBe('/postbacks');
  expect(keptBy(read('status=failed&q=x&open=pbk_1&after=pbk_2'), 'status')).toEqual([['q', 'x']]);
});

test('one part is set and dropped without touching another', () => {
  const { filter } = read('status=not:test&cause=not:TIMEOUT&from=2026-05-01T00:00:00Z');
  expect(setParts(filter)).toEqual(['status', 'cause', 'range']);
  expect(without(filter, 'status')).toEqual({
    not: { cause: ['TIMEOUT'] },
    from: '2026-05-01T00:00:00.000Z',
  });
  expect(withPart(filter, 'cause', { cause: ['DNS'] })).toEqual({
    not: { status: ['test'] },
    cause: ['DNS'],
    from: '2026-05-01T00:00:00.000Z',
  });
  expect(withPart(filter, 'network', { not: { network: ['x'] } }).not).toEqual({
    status: ['test'],
    cause: ['TIMEOUT'],
    network: ['x'],
  });
  expect(isSet(withPart(filter, 'range', { range: '7d' }), 'range')).toBe(true);
  expect(without(withPart({}, 'status', { not: { status: ['test'] } }), 'status')).toEqual({});
});

test('every view is found again by its own link, and stays marked when narrowed further', () => {
  for (const view of VIEWS) {
    const query = viewHref(read('order=oldest'), view).split('?')[1] ?? '';
    const state = read(query);
    expect(viewOf(state)).toBe(view.key);
    expect(state.order).toBe('oldest');
    if (view.key !== 'all') expect(viewOf(read(`${query}&cause=DNS`))).toBe(view.key);
  }
  expect(viewOf(read('cause=NOT_FOUND'))).toBe('');
  expect(viewOf(read('status=failed,parked'))).toBe('');
});

test('a range that moves starts at its time', () => {
  const now = Date.UTC(2026, 4, 12, 12, 2, 3, 456);
  expect(toFilter(read('range=24h'), now, 'UTC').from).toBe('2026-05-11T12:02:03.456Z');
});

test('what an address means to filter by and cannot is told, not only left out', () => {
  expect(problemsOf(new URLSearchParams('status=bogus&attempts=gte:abc&status=failed'))).toEqual([
    expect.stringMatching(/^status /),
    expect.stringMatching(/^attempts /),
  ]);
  expect(problemsOf(new URLSearchParams('answer=4xx&order=sideways&utm_source=mail&open=x'))).toEqual([]);
  expect(problemsOf(new URLSearchParams('answer=many'))).toHaveLength(1);
});
