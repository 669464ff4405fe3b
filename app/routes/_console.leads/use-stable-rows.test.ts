import { expect, test } from 'vitest';
import { joinAtEnd, placesOf } from './use-stable-rows.ts';

const arranged = { idOf: (row: string) => row[0] ?? '', groupOf: (row: string) => row.slice(1) };
const places = placesOf('s', ['a1', 'b1', 'c2'], arranged);

test('a row that changes its group keeps its place and its group', () => {
  expect(joinAtEnd(places, ['b1', 'a2', 'c2'], arranged)).toEqual({ joined: null, added: 0 });
  expect(places.groups.get('a')).toBe('1');
});

test('rows that would push others down are counted, rows after the last join', () => {
  const { joined, added } = joinAtEnd(places, ['x1', 'a1', 'c2', 'y2', 'z2'], arranged);
  expect(added).toBe(1);
  expect(joined?.ids).toEqual(['a', 'b', 'c', 'y', 'z']);
});

test('an empty list takes what comes', () => {
  expect(joinAtEnd(placesOf('s', [], arranged), ['a1'], arranged)).toMatchObject({
    joined: { ids: ['a'] },
    added: 0,
  });
  expect(joinAtEnd(placesOf('s', [], arranged), [], arranged)).toEqual({ joined: null, added: 0 });
});
