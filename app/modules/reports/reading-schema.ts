/** How old the figures of a report are. Client-safe. */
export interface Reading {
  /** When they were read, UTC ISO. */
  at: string;
  /** Newer ones are being read: ask again in a moment. */
  renewing: boolean;
}

/** A time that a report looks at. `key` names it, whatever the clock says: "30d" is another time tomorrow. */
export interface AskedTime {
  key: string;
  /** Its bounds when it is `now`, all in ms since 1970; null: since ever, until now. */
  bounds(now: number): { from: number | null; to: number | null };
}

/** Between two moments, ms since 1970. */
export const between = (from: number | null, to: number | null): AskedTime => ({
  key: `${from} ${to}`,
  bounds: () => ({ from, to }),
});
