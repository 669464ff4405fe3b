/** Rings once, at the earliest time it was asked for. */
export interface Alarm {
  /** Rings within `ms`, unless it is to ring earlier already. */
  within(ms: number): void;
  clear(): void;
}

/**
 * Measured by a clock that cannot be turned, so that a jump of the other leaves no stale alarm standing. Rings at
 * the latest after `longestMs`, which also keeps it off the overflow of timers.
 */
export function createAlarm(ring: () => void, longestMs: number): Alarm {
  let timer: NodeJS.Timeout | null = null;
  let ringsAt = Number.POSITIVE_INFINITY;
  const clear = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    ringsAt = Number.POSITIVE_INFINITY;
  };
  return {
    clear,
    within(ms) {
      const wait = Math.max(0, Math.min(ms, longestMs));
      if (performance.now() + wait >= ringsAt) return;
      clear();
      ringsAt = performance.now() + wait;
      timer = setTimeout(() => {
        clear();
        ring();
      }, wait);
    },
  };
}
