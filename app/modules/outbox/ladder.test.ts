import { describe, expect, test } from 'vitest';
import { ladderOf } from './ladder.ts';
import { type LadderAttempt, type LadderMessage, pauseText } from './ladder-schema.ts';

const SCHEDULE = [1, 5, 30, 300, 3600];
const T0 = Date.UTC(2026, 4, 12, 12, 0, 0);
const iso = (ms: number) => new Date(T0 + ms).toISOString();
const attempt = (number: number, at: number, over: Partial<LadderAttempt> = {}): LadderAttempt => ({
  id: `att_${number}`,
  number,
  startedAt: iso(at),
  durationMs: 100,
  outcome: 'retryable',
  responseStatus: 500,
  errorCode: 'INTERNAL_ERROR',
  responseHeaders: {},
  ...over,
});
const message = (over: Partial<LadderMessage>): LadderMessage => ({
  status: 'retrying',
  dueAt: iso(0),
  step: 0,
  attempts: 0,
  attemptStartedAt: null,
  ...over,
});
const pauses = (rungs: ReturnType<typeof ladderOf>) =>
  rungs.map((r) => ('pause' in r && r.pause ? `${pauseText(r.pause.ms)} ${r.pause.reason}` : null));

describe('RG-30 the ladder', () => {
  test('RG-30 a fresh message has one attempt next and five to come', () => {
    const rungs = ladderOf(message({ status: 'queued' }), [], SCHEDULE, T0);
    expect(rungs.map((r) => [r.kind, r.number])).toEqual([
      ['next', 1],
      ['future', 2],
      ['future', 3],
      ['future', 4],
      ['future', 5],
      ['future', 6],
    ]);
    expect(rungs.at(-1)).toMatchObject({
      last: true,
      aboutAt: iso((1 + 5 + 30 + 300 + 3600) * 1000),
      pauseMs: 3_600_000,
    });
  });

  test('RG-30 after four failures the fifth is next and the sixth the last', () => {
    const made = [attempt(1, 0), attempt(2, 1_150), attempt(3, 6_400), attempt(4, 37_000)];
    const rungs = ladderOf(
      message({ step: 4, attempts: 4, dueAt: iso(337_100) }),
      made,
      SCHEDULE,
      T0 + 40_000,
    );
    expect(rungs.map((r) => r.kind)).toEqual(['past', 'past', 'past', 'past', 'next', 'future']);
    expect(pauses(rungs)).toEqual([null, '+1 s step', '+5 s step', '+30 s step', '+5 min step', null]);
    expect(rungs[5]).toMatchObject({ number: 6, last: true, aboutAt: iso(337_100 + 3_600_000) });
  });

  test('RG-30 an exhausted ladder has nothing to come', () => {
    const made = [0, 1_100, 6_200, 36_300, 336_400, 3_936_500].map((at, i) => attempt(i + 1, at));
    const rungs = ladderOf(
      message({ status: 'exhausted', step: 5, attempts: 6 }),
      made,
      SCHEDULE,
      T0 + 4_000_000,
    );
    expect(rungs.every((r) => r.kind === 'past')).toBe(true);
    expect(pauses(rungs).slice(1)).toEqual([
      '+1 s step',
      '+5 s step',
      '+30 s step',
      '+5 min step',
      '+1 h step',
    ]);
  });

  test('RG-30 an interrupted attempt uses up no step', () => {
    const made = [
      attempt(1, 0),
      attempt(2, 1_100, {
        outcome: 'interrupted',
        responseStatus: null,
        durationMs: null,
        errorCode: 'INTERRUPTED',
      }),
      attempt(3, 20_000),
    ];
    const rungs = ladderOf(
      message({ step: 2, attempts: 3, dueAt: iso(25_100) }),
      made,
      SCHEDULE,
      T0 + 21_000,
    );
    expect(pauses(rungs).slice(0, 4)).toEqual([null, '+1 s step', '+19 s restart', '+5 s step']);
    expect(rungs.filter((r) => r.kind === 'future')).toHaveLength(3);
  });

  test('RG-31 Retry-After lengthens the pause and is named as the reason', () => {
    const made = [
      attempt(1, 0, {
        responseStatus: 429,
        errorCode: 'RATE_LIMITED',
        responseHeaders: { 'retry-after': '90' },
      }),
    ];
    const rungs = ladderOf(message({ step: 1, attempts: 1, dueAt: iso(90_100) }), made, SCHEDULE, T0 + 1_000);
    expect(rungs[1]).toMatchObject({ kind: 'next', pause: { ms: 90_000, reason: 'network_asked' } });
  });

  test('RG-31 a retry by hand of a failed message starts the ladder anew', () => {
    const made = [
      attempt(1, 0, { outcome: 'rejected', responseStatus: 404, errorCode: 'NOT_FOUND' }),
      attempt(2, 600_100),
      attempt(3, 601_300),
    ];
    const rungs = ladderOf(
      message({ step: 2, attempts: 3, dueAt: iso(606_400) }),
      made,
      SCHEDULE,
      T0 + 602_000,
    );
    expect(pauses(rungs).slice(0, 4)).toEqual([null, '+10 min by_hand', '+1 s step', '+5 s step']);
  });

  test('RG-31 retry now, before its time, is by hand and keeps the place on the ladder', () => {
    const made = [attempt(1, 0), attempt(2, 1_100), attempt(3, 2_000)];
    const rungs = ladderOf(message({ step: 3, attempts: 3, dueAt: iso(32_100) }), made, SCHEDULE, T0 + 3_000);
    expect(pauses(rungs).slice(0, 4)).toEqual([null, '+1 s step', '+1 s by_hand', '+30 s step']);
  });

  test('RG-31 six failures, then a retry by hand, then the first step again', () => {
    const made = [0, 1_100, 6_200, 36_300, 336_400, 3_936_500, 9_000_000, 9_001_100].map((at, i) =>
      attempt(i + 1, at),
    );
    const rungs = ladderOf(
      message({ step: 2, attempts: 8, dueAt: iso(9_006_200) }),
      made,
      SCHEDULE,
      T0 + 9_002_000,
    );
    expect(pauses(rungs).slice(6, 9)).toEqual(['+1 h 24 min by_hand', '+1 s step', '+5 s step']);
  });

  test('RG-30 an attempt under way stands after the past ones', () => {
    const rungs = ladderOf(
      message({ status: 'sending', step: 1, attempts: 2, attemptStartedAt: iso(1_100) }),
      [attempt(1, 0)],
      SCHEDULE,
      T0 + 2_000,
    );
    expect(rungs[1]).toMatchObject({ kind: 'sending', number: 2, pause: { reason: 'step' } });
    expect(rungs.slice(2).map((r) => r.number)).toEqual([3, 4, 5, 6]);
  });

  test('RG-18 a delivered message has only its past', () => {
    const made = [attempt(1, 0, { outcome: 'accepted', responseStatus: 201, errorCode: null })];
    expect(ladderOf(message({ status: 'delivered', attempts: 1 }), made, SCHEDULE, T0)).toHaveLength(1);
  });
});

test('pauses in words', () => {
  expect([400, 5_000, 300_000, 3_600_000, 5_064_000, 172_800_000].map(pauseText)).toEqual([
    '+0 s',
    '+5 s',
    '+5 min',
    '+1 h',
    '+1 h 24 min',
    '+2 d',
  ]);
});
