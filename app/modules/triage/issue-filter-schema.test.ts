import { expect, test } from 'vitest';
import { type IssueOperator, splitOperators, withOperator } from './issue-filter-schema.ts';

test.each<[IssueOperator, string]>([
  ['is', 'NOT_FOUND'],
  ['is', 'not:a code of its own'],
  ['is', 'is:odd'],
  ['not', 'TIMEOUT'],
  ['begins', 'AUTH_'],
  ['not', 'begins:x'],
])('%s %s comes back as it was written', (operator, value) => {
  const split = splitOperators([withOperator(operator, value)]);
  expect(split).toEqual({ is: [], not: [], begins: [], [operator]: [value] });
});
