import type { Releases } from './payout-days.server.ts';
import type { RiskyLead } from './payout-risk.server.ts';
import type { Grouping, PayoutCalendar, PayoutPart } from './payout-schema.ts';
import { type Entry, PartTally } from './payout-tally.ts';

type Of = { campaignId: string | null; affiliateId: string | null };

/** What releases in a month: by day, by group, and in all. */
export class MonthTally {
  /** By campaign or affiliate; null where the network did not say. */
  readonly groups = new Map<string | null, PartTally>();
  readonly #by: Grouping;
  readonly #days: { tally: PartTally; assumed: number }[];
  readonly #total = new PartTally();
  #atOnce = 0;

  constructor(days: number, by: Grouping) {
    this.#by = by;
    this.#days = Array.from({ length: days }, () => ({ tally: new PartTally(), assumed: 0 }));
  }

  /** Adds what day `i` releases. */
  releases(i: number, { held, released, atOnce }: Releases): void {
    for (const [state, rows] of [['held', held] as const, ['released', [...released, ...atOnce]] as const])
      for (const row of rows) for (const tally of this.#tallies(i, row)) tally[state].add(row);
    const day = this.#days[i];
    if (day) day.assumed += held.reduce((sum, row) => sum + row.assumed, 0);
    this.#atOnce += atOnce.reduce((sum, row) => sum + row.count, 0);
  }

  /** Marks a lead of day `i`: one in dispute is not counted as paid, one whose refund waits is marked within what is. */
  risk(i: number, risk: RiskyLead): void {
    const entry: Entry = {
      currency: risk.currency,
      count: 1,
      known: risk.minor === null ? 0 : 1,
      minor: risk.minor ?? 0,
    };
    for (const tally of this.#tallies(i, risk)) {
      if (risk.disputing) {
        tally.held.take(entry);
        tally.disputing.add(entry);
      } else tally.atRisk.add(entry);
    }
  }

  day(i: number): PayoutPart & { assumed: number } {
    const { tally, assumed } = this.#days[i] ?? { tally: new PartTally(), assumed: 0 };
    return { ...tally.read(), assumed };
  }

  total(): PayoutCalendar['total'] {
    const assumed = this.#days.reduce((sum, day) => sum + day.assumed, 0);
    return { ...this.#total.read(), assumed, atOnce: this.#atOnce };
  }

  #tallies(i: number, of: Of): PartTally[] {
    const id = this.#by === 'campaign' ? of.campaignId : of.affiliateId;
    const group = this.groups.get(id) ?? new PartTally();
    this.groups.set(id, group);
    const day = this.#days[i];
    return day ? [day.tally, group, this.#total] : [group, this.#total];
  }
}
