import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { every } from './ticker.ts';

type Clock = {
  zone: string;
  /** Epoch milliseconds the server rendered with; what everything shows until hydration is done. */
  rendered: number;
  /** The server's clock by this browser: corrects a wrong or turned clock. Epoch milliseconds. */
  read: () => number;
  frozen: boolean;
};

/** Smaller differences are travel time of the page, not a wrong clock. */
const TRUSTED_SKEW_MS = 5_000;

const TimeContext = createContext<Clock | null>(null);

/**
 * Gives every time on the page one zone and one "now". `now` is the server's clock as ISO text, taken in the
 * root loader: the first client render shows the same, then it ticks. `frozen` stops it (tests, screenshots).
 */
export function TimeProvider({
  zone,
  now,
  frozen = false,
  children,
}: {
  zone: string;
  now: string;
  frozen?: boolean;
  children: ReactNode;
}) {
  const clock = useMemo<Clock>(() => {
    const rendered = Date.parse(now);
    const skew = rendered - Date.now();
    const offset = Math.abs(skew) > TRUSTED_SKEW_MS ? skew : 0;
    return { zone, rendered, frozen, read: () => Date.now() + offset };
  }, [zone, now, frozen]);
  return <TimeContext.Provider value={clock}>{children}</TimeContext.Provider>;
}

function useClock(): Clock {
  const clock = useContext(TimeContext);
  if (!clock) throw new Error('Times need a <TimeProvider zone now> around them.');
  return clock;
}

/** The zone that times are shown in. */
export function useZone(): string {
  return useClock().zone;
}

/**
 * "Now" in epoch milliseconds: the server's at first, then ticking every `everyMs` while the page is visible.
 * `null` never ticks.
 */
export function useNow(everyMs: number | null): number {
  const clock = useClock();
  const [now, setNow] = useState(clock.rendered);
  useEffect(() => {
    if (clock.frozen || everyMs === null) {
      setNow(clock.rendered);
      return;
    }
    const update = () => setNow(clock.read());
    update();
    return every(everyMs, update);
  }, [clock, everyMs]);
  return now;
}
