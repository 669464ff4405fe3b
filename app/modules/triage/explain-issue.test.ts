import { expect, test } from 'vitest';
import type { Explanation } from '#app/connectors/types.ts';
import { explainIssue } from './explain-issue.ts';

const told: Explanation = {
  short: 'no answer in time',
  title: 'It did not answer in time',
  meaning: 'No answer came.',
  whatToDo: 'Nothing for now: it is retried by itself.',
  who: 'nobody_yet',
  retry: 'automatic',
  link: null,
};
/** A connector that explains everything by one explanation, and remembers what it was asked. */
const connector = (retry: Explanation['retry']) => {
  const asked: unknown[][] = [];
  return {
    asked,
    explain: (...args: unknown[]) => {
      asked.push(args);
      return { ...told, retry };
    },
  };
};
const issue = {
  errorCode: 'TIMEOUT',
  message: 'Nothing within # s',
  sampleMessage: 'Nothing within 10 s',
  networkCampaignId: 'c-1',
  httpStatus: null,
};

test('RG-30 under an issue nothing is said to repeat by itself: its rows have used up their ladder', () => {
  const got = explainIssue(connector('automatic'), issue);
  expect(got).toMatchObject({ title: told.title, meaning: told.meaning, who: 'ops', retry: 'after_fix' });
  expect(got.whatToDo).toMatch(/^All attempts are used up/);
});

test('a cause of the network is explained by its connector, with the words as they came', () => {
  const network = connector('after_fix');
  expect(explainIssue(network, issue)).toEqual({ ...told, retry: 'after_fix' });
  expect(network.asked).toEqual([
    ['TIMEOUT', 'Nothing within 10 s', { networkCampaignId: 'c-1', httpStatus: null, call: 'postback' }],
  ]);
});

test('a pause says who and why, and what to press', () => {
  const network = connector('after_fix');
  const got = explainIssue(network, {
    ...issue,
    errorCode: 'PAUSED',
    sampleMessage: 'Paused by Ana: new key',
  });
  expect(got).toMatchObject({
    who: 'ops',
    link: null,
    meaning: expect.stringContaining('Paused by Ana: new key'),
  });
  expect(got.whatToDo).toContain('Press Resume');
  expect(explainIssue(network, { ...issue, errorCode: 'UNKNOWN' }).title).toBe('It failed without a code');
  expect(network.asked).toEqual([]);
});
