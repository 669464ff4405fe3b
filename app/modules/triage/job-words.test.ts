import { expect, test } from 'vitest';
import { jobName, selectionWords } from './job-words.ts';

test('a selection is told field by field, as people read it', () => {
  expect(selectionWords({})).toBe('Everything');
  expect(selectionWords({ status: ['failed'], cause: ['NOT_FOUND'] })).toBe(
    'Status failed · Cause NOT_FOUND',
  );
  expect(selectionWords({ not: { status: ['delivered'] }, attempts: { gte: 3 } })).toBe(
    'Status is not delivered · Attempts at least 3',
  );
  expect(selectionWords({ cause: ['A', 'B', 'C', 'D', 'E', 'F'] })).toBe('Cause A, B, C, D and 2 more');
  expect(selectionWords({ issue: ['iss_1'], job: 'job_1' })).toBe('Issue one · Bulk job an earlier one');
  expect(selectionWords({ ids: ['pbk_1', 'pbk_2'] })).toBe('Selected: 2 rows by hand');
});

test('a name is made of what tells most', () => {
  expect(jobName('retry', 1284, { cause: ['NOT_FOUND'], network: ['regatta'] })).toBe(
    'Retry 1,284: NOT_FOUND at regatta',
  );
  expect(jobName('cancel', 3, { status: ['failed'] })).toBe('Cancel 3: failed');
  expect(jobName('acknowledge', 2, { network: ['regatta'] })).toBe('Acknowledge 2: at regatta');
  expect(jobName('retry', 5000, {}, 'AUTH_INVALID_KEY at regatta')).toBe(
    'Retry 5,000: AUTH_INVALID_KEY at regatta',
  );
  expect(jobName('retry', 7, {})).toBe('Retry 7');
});
