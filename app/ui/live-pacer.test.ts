import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacer } from './live-pacer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('runs at once, then at most once in the span, and never loses the last', () => {
  const run = vi.fn();
  const pacer = createPacer(run, 1_000, 'now');
  for (let i = 0; i < 5; i++) pacer.ask();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(999);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(2);
  pacer.ask();
  expect(run).toHaveBeenCalledTimes(3);
});

test('"later" waits before the first run too', () => {
  const run = vi.fn();
  const pacer = createPacer(run, 3_000, 'later');
  pacer.ask();
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3_000);
  expect(run).toHaveBeenCalledTimes(1);
  pacer.ask();
  vi.advanceTimersByTime(3_000);
  expect(run).toHaveBeenCalledTimes(2);
});

test('stopped, it runs no more', () => {
  const run = vi.fn();
  const pacer = createPacer(run, 1_000, 'later');
  pacer.ask();
  pacer.stop();
  vi.advanceTimersByTime(5_000);
  expect(run).not.toHaveBeenCalled();
});
