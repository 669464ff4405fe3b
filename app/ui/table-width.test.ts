import { expect, test } from 'vitest';
import { PICK_WIDTH, tableWidth } from './table-width.ts';

test('fixed columns beside one that shares what is left: the shared one keeps room to be read', () => {
  const fixed = [{ width: 300 }, { width: 500 }];
  expect(tableWidth([...fixed, {}], false)).toBeGreaterThanOrEqual(800 + 120);
  expect(tableWidth([{ least: 220 }, ...fixed], false)).toBe(800 + 220);
});

test('the checkboxes count, and a page may ask for more but not for less', () => {
  expect(tableWidth([{ width: 300 }], true)).toBe(300 + PICK_WIDTH);
  expect(tableWidth([{ width: 300 }], false, 900)).toBe(900);
  expect(tableWidth([{ width: 300 }], false, 100)).toBe(300);
});
