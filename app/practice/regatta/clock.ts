/** How to move the practice clock; the fields apply in the order freeze, setTo, offsetMs, advanceMs. */
export type ClockChange = {
  /** true stops the clock where it stands, false lets it run on from there. */
  freeze?: boolean | undefined;
  /** An ISO time to jump to. */
  setTo?: string | undefined;
  /** The distance from real time, in milliseconds; 0 is real time again. */
  offsetMs?: number | undefined;
  /** Milliseconds to move on (or back, when negative). */
  advanceMs?: number | undefined;
};

/** What the clock shows: the practice time, its distance from real time, and whether it stands still. */
export type ClockView = { now: string; offsetMs: number; frozen: boolean };

/** The network's own time: real time plus an offset, or standing still, so that holding periods can elapse. */
export class PracticeClock {
  readonly #realNow: () => number;
  #offsetMs = 0;
  #frozenAt: number | null = null;

  constructor(realNow: () => number = Date.now) {
    this.#realNow = realNow;
  }

  /** Practice time in milliseconds since 1970. */
  now(): number {
    return this.#frozenAt ?? this.#realNow() + this.#offsetMs;
  }

  /** Applies a change and shows the result. */
  change(change: ClockChange): ClockView {
    if (change.freeze === true) this.#frozenAt = this.now();
    if (change.freeze === false) this.#thaw();
    if (change.setTo !== undefined) this.#moveTo(Date.parse(change.setTo));
    if (change.offsetMs !== undefined) this.#moveTo(this.#realNow() + change.offsetMs);
    if (change.advanceMs !== undefined) this.#moveTo(this.now() + change.advanceMs);
    return this.view();
  }

  /** What the clock shows now. */
  view(): ClockView {
    const now = this.now();
    return {
      now: new Date(now).toISOString(),
      offsetMs: now - this.#realNow(),
      frozen: this.#frozenAt !== null,
    };
  }

  #thaw(): void {
    if (this.#frozenAt === null) return;
    this.#offsetMs = this.#frozenAt - this.#realNow();
    this.#frozenAt = null;
  }

  #moveTo(time: number): void {
    if (this.#frozenAt !== null) this.#frozenAt = time;
    else this.#offsetMs = time - this.#realNow();
  }
}
