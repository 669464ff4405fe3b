import { describe, expect, test } from 'vitest';
import { renderText } from '#app/ui/testing/render.tsx';
import { goingOn, issueRow, Unpaid } from './issue-row.tsx';
import { cameBack, heldBackWords, heldWords, lookOf, stateThen, unpaidWords } from './issue-words.ts';
import { releaseWords } from './job-words.ts';
import { aBreaker, aJob, anIssue } from './testing/samples.ts';

const NOW = Date.parse('2026-05-12T12:02:00.000Z');
const then = (over: Parameters<typeof anIssue>[0]) => stateThen(anIssue(over), NOW, 'Europe/Berlin');

describe('an issue in words', () => {
  test('says for how long it is open, and until when or until how often it is ignored', () => {
    expect(then({})).toBe('for 2 d 4 h');
    expect(then({ reopened: 1, reopenedAt: '2026-05-12T11:40:00.000Z' })).toBe('for 22 min');
    expect(then({ state: 'ignored', ignoredUntil: '2026-05-13T07:00:00.000Z' })).toBe('until Wed 09:00');
    expect(then({ state: 'ignored', ignoreAbove: 1_500 })).toBe('until more than 1,500 an hour');
    expect(then({ state: 'ignored' })).toBe('until somebody opens it');
  });

  test('one that came back says how long it had been resolved, and how often it did', () => {
    const back = {
      reopened: 1,
      resolvedAt: '2026-05-08T09:00:00.000Z',
      reopenedAt: '2026-05-10T10:00:00.000Z',
    };
    expect(cameBack(anIssue(back))).toBe('came back 2 d after being resolved');
    expect(cameBack(anIssue({ ...back, reopened: 3 }))).toBe(
      'came back 2 d after being resolved (3 times so far)',
    );
    expect(cameBack(anIssue({ ...back, resolvedAt: null }))).toBe('came back after being resolved');
    expect(cameBack(anIssue({ ...back, state: 'resolved' }))).toBeNull();
    expect(cameBack(anIssue())).toBeNull();
  });

  test('RG-22 money of several currencies is never added, and what is unknown is never zero', () => {
    const sums = [
      { currency: 'USD', minor: 494_400 },
      { currency: 'EUR', minor: 800 },
    ];
    expect(unpaidWords(sums, 3)).toBe('$4,944.00 and €8.00 + 3 unknown');
    expect(unpaidWords([], 2)).toBe('unknown');
    expect(unpaidWords([], 0)).toBe('nothing');
    expect(heldWords(0, [], 0)).toBe('nothing is held up');
    expect(heldWords(4, [], 4)).toBe('4 postbacks, of unknown payout');
    expect(heldWords(4, sums.slice(1), 3)).toBe('4 postbacks, €8.00 + 3 unknown unpaid');
    expect(renderText(<Unpaid issue={{ unpaid: sums, unpaidUnknown: 3 }} />)).toBe(
      '$4,944.00 + €8.00 + 3 unknown',
    );
  });

  test('says what is held back, and what lets it go', () => {
    expect(heldBackWords(aBreaker(), 4_998)).toBe('held back, 4,998 wait');
    expect(heldBackWords(aBreaker({ reason: 'paused' }), 1)).toBe('paused, 1 waits');
    expect(heldBackWords(aBreaker({ state: 'releasing' }), 7)).toBe('letting go, 7 wait');
    expect(heldBackWords(aBreaker({ state: 'closed' }), 0)).toBeNull();
  });

  test('what moves by itself looks so, whatever its state', () => {
    expect(lookOf(anIssue()).meaning).toBe('needs');
    expect(lookOf(anIssue({ job: aJob() })).meaning).toBe('waiting');
    expect(lookOf(anIssue({ state: 'resolved' })).meaning).toBe('good');
    expect(goingOn(anIssue({ job: aJob() }))).toBe('12 of 60 sent again');
    expect(goingOn(anIssue({ job: aJob({ state: 'probing', succeeded: 0 }) }))).toBe('trying one');
    expect(goingOn(anIssue({ breaker: aBreaker(), state: 'acknowledged' }))).toBe(
      'held back, 211 wait · acknowledged',
    );
  });

  test('a row reads as cause, place, what goes on, code, and its money', () => {
    const row = issueRow(anIssue({ breaker: aBreaker(), assignee: { id: 'u1', name: 'Maya Okafor' } }));
    expect(row.to).toBe('/issues/iss_1');
    expect(renderText(row.detail)).toBe(
      'Open. Regatta · Spring Starter · held back, 211 wait · CAMPAIGN_BUDGET_EXHAUSTED , assigned to Maya Okafor',
    );
    expect(renderText(row.figure)).toBe('$2,120.00');
    expect(renderText(row.figureDetail)).toBe('212 since Sun 09:14');
  });
});

describe('a release in words', () => {
  const told = (over: Parameters<typeof aJob>[0]) => {
    const { title, detail, ended } = releaseWords(aJob(over));
    return { title, detail, ended };
  };

  test('while one is tried the others wait for its answer', () => {
    expect(told({ state: 'probing', succeeded: 0 })).toEqual({
      title: 'Trying one',
      detail: 'Its answer decides; the other 59 wait.',
      ended: false,
    });
  });

  test('once it was accepted the title stays the same while numbers move', () => {
    const early = told({ succeeded: 2 });
    const later = told({ succeeded: 40, failed: 1 });
    expect(early.title).toBe(later.title);
    expect(later.detail).toBe('40 of 60 delivered, 1 failed again.');
  });

  test('a refused try tells the answer and that nothing else was touched', () => {
    const reason = 'The probe was refused again: 401 AUTH_INVALID_KEY. Nothing else was touched.';
    expect(told({ state: 'stopped', succeeded: 0, failed: 1, stateReason: reason })).toEqual({
      title: 'Stopped',
      detail: reason,
      ended: true,
    });
  });

  test('the end says how many were delivered, and how many failed again', () => {
    expect(told({ state: 'done', succeeded: 60 }).title).toBe('Done: 60 delivered');
    expect(told({ state: 'done', succeeded: 58, failed: 2 }).title).toBe(
      'Done: 58 delivered, 2 failed again',
    );
    expect(told({ state: 'done', matched: 3, skipped: 3, succeeded: 0 }).title).toBe(
      'Done: nothing was left to send',
    );
    expect(releaseWords(aJob({ state: 'done', succeeded: 58, failed: 2 })).meaning).toBe('needs');
    expect(told({ state: 'canceled', succeeded: 5 }).detail).toBe(
      '5 of 60 delivered. The others were left as they are.',
    );
  });
});
