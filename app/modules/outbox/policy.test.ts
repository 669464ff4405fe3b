import { describe, expect, test } from 'vitest';
import { nextState, retryRefusal, untilAnswered } from './policy.ts';
import { POSTBACK_STATUSES } from './schema.ts';

const LADDER = [1, 5, 30, 300, 3600];

describe('what becomes of a message', () => {
  test('RG-30 waits 1 s, 5 s, 30 s, 5 min, 1 h, then is exhausted: at most five retries', () => {
    let step = 0;
    const waits: (number | null)[] = [];
    for (let i = 0; i < 6; i++) {
      const next = nextState('retryable', step, LADDER, null, 0);
      waits.push(next.dueInMs);
      step = next.step;
      expect(next.status).toBe(i < 5 ? 'retrying' : 'exhausted');
    }
    expect(waits).toEqual([1000, 5000, 30_000, 300_000, 3_600_000, null]);
  });

  test('RG-30 jitter lengthens a step by at most a tenth and never shortens it', () => {
    for (const random of [0, 0.3, 0.999]) {
      const { dueInMs } = nextState('retryable', 1, LADDER, null, random);
      expect(dueInMs).toBeGreaterThanOrEqual(5000);
      expect(dueInMs).toBeLessThanOrEqual(5500);
    }
  });

  test('RG-30 issue 4 point 5: a dispute that may be there is sent behind its ladder too, until it is answered', () => {
    const last = nextState('retryable', 5, LADDER, null, 0);
    expect(last.status).toBe('exhausted');
    const again = untilAnswered(last, LADDER, null, 0.5);
    expect(again).toEqual({ status: 'retrying', step: 5, dueInMs: 3_780_000 });
    // from there as often as it takes
    expect(untilAnswered(nextState('retryable', again.step, LADDER, null, 0), LADDER, null, 0)).toEqual({
      status: 'retrying',
      step: 5,
      dueInMs: 3_600_000,
    });
    expect(untilAnswered(last, LADDER, 7_200_000, 0).dueInMs).toBe(7_200_000);
    expect(untilAnswered(last, [], null, 0).dueInMs).toBe(3_600_000);
    for (const outcome of ['accepted', 'rejected'] as const) {
      const next = nextState(outcome, 5, LADDER, null, 0);
      expect(untilAnswered(next, LADDER, null, 0)).toBe(next);
    }
  });

  test('RG-31 Retry-After wins when it is longer, and only then', () => {
    expect(nextState('retryable', 0, LADDER, 60_000, 0).dueInMs).toBe(60_000);
    expect(nextState('retryable', 2, LADDER, 5000, 0).dueInMs).toBe(30_000);
    expect(nextState('retryable', 5, LADDER, 5000, 0).status).toBe('exhausted');
  });

  test.each([
    ['accepted', 'delivered'],
    ['duplicate', 'duplicate'],
    ['test', 'test'],
    ['rejected', 'failed'],
  ] as const)('RG-27 RG-29 %s is terminal: %s', (outcome, status) => {
    expect(nextState(outcome, 2, LADDER, 1000, 0.5)).toEqual({ status, step: 2, dueInMs: null });
  });

  test('RG-31 what may be retried by hand, and why the rest may not', () => {
    const allowed = POSTBACK_STATUSES.filter((status) => retryRefusal(status) === null);
    expect(allowed).toEqual(['queued', 'retrying', 'failed', 'exhausted', 'parked']);
    expect(retryRefusal('delivered')).toMatch(/already has this conversion/);
    expect(retryRefusal('delivered', true)).toBeNull();
    expect(retryRefusal('canceled', true)).toMatch(/nothing is owed/);
  });
});
