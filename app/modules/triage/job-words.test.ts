import { expect, test } from 'vitest';
import { jobName, selectionWords, stopWords } from './job-words.ts';

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

test('what stopped a job names every code that came, as the network answered it', () => {
  const answer = (code: string) => `400 ${code}`;
  expect(stopWords({ code: 'NOT_FOUND', refused: 8, of: 8, others: [] }, answer)).toBe(
    '8 of the last 8 were refused again: 400 NOT_FOUND. The rest was left as it was.',
  );
  const others: [string, number][] = [
    ['BAD_INPUT', 3],
    ['BUSY', 2],
    ['GONE', 1],
    ['ODD', 1],
    ['RARE', 1],
  ];
  expect(stopWords({ code: 'NOT_FOUND', refused: 1200, of: 2000, others }, answer)).toBe(
    '1,200 of the last 2,000 were refused again: 400 NOT_FOUND; 3 more with 400 BAD_INPUT; 2 more with 400 BUSY; 1 more with 400 GONE; 2 more with other codes. The rest was left as it was.',
  );
});
