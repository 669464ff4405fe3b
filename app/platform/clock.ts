/** The one source of time. Everything that asks for the time takes a `Clock`, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that can be turned: real time plus an offset, or stopped. For tests and practice only. */
export class TurnableClock implements Clock {
  #offset = 0;
  #stoppedAt: number | null = null;

  now(): number {
    return this.#stoppedAt ?? Date.now() + this.#offset;
  }
  /** Runs on, shifted by `ms` from real time. */
  setOffset(ms: number): void {
    this.#stoppedAt = null;
    this.#offset = ms;
  }
  /** Stands still at `ms`. */
  stopAt(ms: number): void {
    this.#stoppedAt = ms;
  }
  /** Moves on by `ms`, standing or running. */
  advance(ms: number): void {
    if (this.#stoppedAt !== null) this.#stoppedAt += ms;
    else this.#offset += ms;
  }
}
