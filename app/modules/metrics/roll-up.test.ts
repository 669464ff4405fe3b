import { describe, expect, test } from 'vitest';
import { bucketOf } from './histogram.ts';
import { ALL, type FollowedAttempt, rollUp } from './roll-up.ts';

const AT = Date.parse('2026-05-12T14:07:31Z');
let n = 0;
const attempt = (over: Partial<FollowedAttempt> = {}): FollowedAttempt => ({
  id: `att_${++n}`,
  messageId: `pbk_${n}`,
  number: 1,
  finishedAt: AT,
  outcome: 'accepted',
  errorCode: null,
  errorMessage: null,
  httpStatus: 201,
  responseBody: `{"leadId":"ld_${n}"}`,
  kind: 'postback',
  accountId: 'acc_1',
  networkCampaignId: 'camp',
  convertedAt: AT - 100,
  ...over,
});
const fiveMinutes = (rows: ReturnType<typeof rollUp>) =>
  rows.steps.filter((step) => step.span === 5 && step.accountId !== ALL);

describe('rollups', () => {
  test('each attempt is in a row of five minutes, of an hour and of a day', () => {
    const { steps } = rollUp([attempt(), attempt({ outcome: 'rejected' })]);
    const rows = (accountId: string) =>
      steps
        .filter((step) => step.accountId === accountId)
        .map(({ span, at, attempts }) => [span, at.toISOString(), attempts]);
    const expected = [
      [5, '2026-05-12T14:05:00.000Z', 2],
      [60, '2026-05-12T14:00:00.000Z', 2],
      [1440, '2026-05-12T00:00:00.000Z', 2],
    ];
    expect(rows('acc_1')).toEqual(expected);
    expect(rows(ALL)).toEqual(expected);
  });
  test('the rows of all places are the sums of the others, in every span', () => {
    const rows = rollUp([
      attempt(),
      attempt({ accountId: 'acc_2' }),
      attempt({ networkCampaignId: '' }),
      attempt({ finishedAt: AT + 400_000, outcome: 'duplicate' }),
      attempt({ finishedAt: AT + 4_000_000 }),
    ]);
    for (const span of [5, 60, 1440]) {
      const sum = (list: readonly { span: number; accountId: string; n: number }[], all: boolean) =>
        list
          .filter((row) => row.span === span && (row.accountId === ALL) === all)
          .reduce((total, row) => total + row.n, 0);
      const steps = rows.steps.map((row) => ({ ...row, n: row.attempts }));
      const times = rows.times.map((row) => ({ ...row, n: row.count }));
      expect([sum(steps, true), sum(steps, false)]).toEqual([5, 5]);
      expect([sum(times, true), sum(times, false)]).toEqual([4, 4]);
    }
  });
  test('a first try succeeds when it is accepted or a duplicate; later tries are none', () => {
    const [step] = fiveMinutes(
      rollUp([
        attempt(),
        attempt({ outcome: 'duplicate' }),
        attempt({ outcome: 'retryable' }),
        attempt({ outcome: 'interrupted' }),
        attempt({ number: 2 }),
      ]),
    );
    expect(step).toMatchObject({ attempts: 5, firstTries: 4, firstSuccesses: 2, accepted: 2, duplicate: 1 });
  });
  test('RG-49 a test conversion is in no number but its own', () => {
    const rows = rollUp([attempt({ outcome: 'test' })]);
    expect(fiveMinutes(rows)[0]).toMatchObject({ test: 1, attempts: 0, firstTries: 0, firstSuccesses: 0 });
    expect(rows.times).toEqual([]);
    expect(rows.answers).toEqual([]);
  });
  test('disputes are not counted', () => {
    expect(rollUp([attempt({ kind: 'dispute' })]).steps).toEqual([]);
  });
  test('time to delivered runs from the conversion to the accepted attempt, and only to that', () => {
    const { times } = rollUp([
      attempt({ convertedAt: AT - 4_000, number: 3 }),
      attempt({ outcome: 'duplicate', convertedAt: AT - 9_000 }),
    ]);
    expect(times.filter((row) => row.span === 5 && row.accountId !== ALL)).toMatchObject([
      { bucket: bucketOf(4_000), count: 1 },
    ]);
  });
  test('answers that differ by ids alone are one; another status or code is another', () => {
    const { answers, samples } = rollUp([
      attempt(),
      attempt(),
      attempt({ httpStatus: 200, outcome: 'duplicate' }),
      attempt({
        httpStatus: null,
        responseBody: null,
        outcome: 'retryable',
        errorMessage: 'timed out after 10 s',
      }),
    ]);
    expect(answers.map((row) => row.count)).toEqual([2, 1, 1]);
    expect(samples.map((row) => row.sample)).toContain('timed out after 10 s');
  });
});
