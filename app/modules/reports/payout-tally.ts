import type { PayoutPart, PayoutSums } from './payout-schema.ts';
import { addUp } from './policy.ts';

/** Leads of one currency: `count` in all, `known` of them with a payout, which is `minor` together. */
export interface Entry {
  currency: string | null;
  count: number;
  known: number;
  minor: number;
}

/** Adds up leads and money by currency. Money without a currency is not known. */
export class Tally {
  #count = 0;
  #sums = new Map<string, { minor: number; count: number }>();

  add({ currency, count, known, minor }: Entry): void {
    this.#count += count;
    if (currency === null || known === 0) return;
    const sum = this.#sums.get(currency) ?? { minor: 0, count: 0 };
    this.#sums.set(currency, { minor: sum.minor + minor, count: sum.count + known });
  }

  /** Takes out leads that were added before as part of a larger number. */
  take({ currency, count, known, minor }: Entry): void {
    this.add({ currency, count: -count, known: -known, minor: -minor });
  }

  /** The sums, those with most leads first; currencies of which nothing is left are gone. */
  read(): PayoutSums {
    const sums = addUp([...this.#sums].map(([currency, sum]) => ({ currency, ...sum }))).filter(
      (sum) => sum.count > 0,
    );
    const known = sums.reduce((total, sum) => total + sum.count, 0);
    return { count: Math.max(0, this.#count), unknown: Math.max(0, this.#count - known), sums };
  }
}

/** The four tallies of a day, a group or a month. */
export class PartTally {
  readonly held = new Tally();
  readonly atRisk = new Tally();
  readonly disputing = new Tally();
  readonly released = new Tally();

  read(): PayoutPart {
    return {
      held: this.held.read(),
      atRisk: this.atRisk.read(),
      disputing: this.disputing.read(),
      released: this.released.read(),
    };
  }
}
