import { expect, test } from 'vitest';
import { columnNames } from './mapping-form.ts';

test('issue 4.8 columns of the same name can be told apart when they are mapped', () => {
  expect(columnNames(['order_id', 'total', 'total ', 'currency'])).toEqual([
    'order_id',
    'total (column 2)',
    'total (column 3)',
    'currency',
  ]);
  expect(columnNames(['a', 'b'])).toEqual(['a', 'b']);
});
