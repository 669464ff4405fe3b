import type { Clock } from '#app/platform/clock.ts';

/** Limits how often something may be tried. */
export interface Throttle {
  /** Takes one try. Answers 0, or the whole seconds to wait when none is left (then nothing is taken). */
  take(key: string): number;
  /** Gives one try back, e.g. after it succeeded. */
  giveBack(key: string): void;
  /** Forgets all tries of this key. */
  clear(key: string): void;
}

interface Window {
  count: number;
  endsAt: number;
}

/**
 * At most `max` tries in `windowMs` for each key, counted in memory. The try is taken before it is known how it
 * ends, so that many at once do not all slip through. Keeps at most `maxKeys` keys; past that the oldest goes.
 */
export function createThrottle(options: {
  clock: Clock;
  max: number;
  windowMs: number;
  maxKeys?: number;
}): Throttle {
  const { clock, max, windowMs, maxKeys = 50_000 } = options;
  const windows = new Map<string, Window>();
  return {
    take(key) {
      const now = clock.now();
      const open = windows.get(key);
      if (!open || open.endsAt <= now) {
        windows.delete(key);
        windows.set(key, { count: 1, endsAt: now + windowMs });
        const oldest = windows.size > maxKeys ? windows.keys().next().value : undefined;
        if (oldest !== undefined) windows.delete(oldest);
        return 0;
      }
      if (open.count >= max) return Math.max(1, Math.ceil((open.endsAt - now) / 1000));
      open.count++;
      return 0;
    },
    giveBack(key) {
      const open = windows.get(key);
      if (open && open.count > 0) open.count--;
    },
    clear: (key) => void windows.delete(key),
  };
}
