import type { Random } from '../random.ts';
import type { Fault } from './fault-schema.ts';
import type { Route } from './types.ts';

/** What a fault looks at to see whether a request is meant. */
export type Target = { route: Route; externalId: string | null; ref: string | null };

/** The faults switched on, in order: the first that matches (and wins its draw) breaks the request. */
export class FaultBoard {
  #faults: Fault[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Replaces the whole list. */
  replace(faults: Fault[]): void {
    this.#faults = faults.map((fault) => ({ ...fault }));
  }

  /** The faults still on, with what remains of them. */
  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Picks the fault for a request and uses up one of its count; null when the request goes through. */
  pick(target: Target): Fault | null {
    if (this.#faults.length === 0 || target.route === 'other') return null;
    for (const fault of this.#faults) {
      if (!matches(fault, target)) continue;
      if (fault.probability < 1 && this.#random.next() >= fault.probability) continue;
      if (fault.remaining !== undefined && --fault.remaining === 0) {
        this.#faults = this.#faults.filter((other) => other !== fault);
      }
      return fault;
    }
    return null;
  }
}

function matches(fault: Fault, target: Target): boolean {
  if (fault.route !== 'all' && fault.route !== target.route) return false;
  if (fault.externalId !== undefined && fault.externalId !== target.externalId) return false;
  return fault.ref === undefined || fault.ref === target.ref;
}
