import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAlarm } from './alarm.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('rings once, at the earliest time it was asked for', () => {
  const ring = vi.fn();
  const alarm = createAlarm(ring, 30_000);
  alarm.within(5_000);
  alarm.within(1_000);
  alarm.within(3_000);
  vi.advanceTimersByTime(999);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(ring).toHaveBeenCalledTimes(1);
});

test('rings at the latest after its longest time, and can be asked again after it rang', () => {
  const ring = vi.fn();
  const alarm = createAlarm(ring, 30_000);
  alarm.within(1e12);
  vi.advanceTimersByTime(30_000);
  expect(ring).toHaveBeenCalledTimes(1);
  alarm.within(-5);
  vi.advanceTimersByTime(1);
  expect(ring).toHaveBeenCalledTimes(2);
});

test('does not ring once it is cleared', () => {
  const ring = vi.fn();
  const alarm = createAlarm(ring, 30_000);
  alarm.within(10);
  alarm.clear();
  vi.advanceTimersByTime(60_000);
  expect(ring).not.toHaveBeenCalled();
});
