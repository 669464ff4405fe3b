import { expect, test } from 'vitest';
import { medianOf, skewFrom } from './deadline-safety.server.ts';

test('a Date header counts whole seconds: the middle of its second is taken', () => {
  const at = new Date('2026-05-01T12:00:00.500Z');
  expect(skewFrom('Fri, 01 May 2026 12:00:00 GMT', at)).toBe(0);
  expect(skewFrom('Fri, 01 May 2026 12:02:00 GMT', at)).toBe(120_000);
  expect(skewFrom('Fri, 01 May 2026 11:59:00 GMT', at)).toBe(-60_000);
});

test.each([[undefined], [null], [''], ['yesterday']])('a header %s says nothing', (header) => {
  expect(skewFrom(header, new Date(0))).toBeNull();
});

test('one answer that was long under way does not move the median', () => {
  expect(medianOf([100, 120, 90_000, 110, 105])).toBe(110);
  expect(medianOf([100, 200])).toBe(150);
  expect(medianOf([7])).toBe(7);
});
