import { expect, test } from 'vitest';
import { compareKeys, readCursor, writeCursor } from './issue-cursor.ts';

test('a cursor comes back as it was written', () => {
  const cursor = { side: 'after', order: 'money', keys: [4000, 2, 'iss_1'] } as const;
  expect(readCursor(writeCursor(cursor), 'money')).toEqual(cursor);
});

test.each([
  ['', 'money'],
  ['not base64 of anything', 'money'],
  [writeCursor({ side: 'after', order: 'money', keys: [1, 'iss_1'] }), 'money'],
  [writeCursor({ side: 'after', order: 'newest', keys: ['iss_1'] }), 'last_seen'],
  [writeCursor({ side: 'after', order: 'last_seen', keys: ['1', 'iss_1'] }), 'last_seen'],
  [Buffer.from('{"side":"after"}').toString('base64url'), 'newest'],
] as const)('%j is no cursor of the order %s', (text, order) => {
  expect(() => readCursor(text, order)).toThrow('cursor does not belong to this list');
});

test('larger keys stand first, the first that differs decides', () => {
  const rows = [
    [1, 5, 'a'],
    [2, 1, 'a'],
    [1, 5, 'b'],
    [1, 6, 'a'],
  ].sort(compareKeys);
  expect(rows).toEqual([
    [2, 1, 'a'],
    [1, 6, 'a'],
    [1, 5, 'b'],
    [1, 5, 'a'],
  ]);
  expect(compareKeys([1, 'a'], [1, 'a'])).toBe(0);
});
