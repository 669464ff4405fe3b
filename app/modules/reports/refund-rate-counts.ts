import type { Counted } from './refund-rate.ts';
import type { RateMoney, RateRow } from './refund-rate-schema.ts';

type Num = number | bigint | null;
const num = (value: Num): number => Number(value ?? 0);

/** A row of the store: some leads of one affiliate and currency. */
export interface LeadsRow {
  affiliateId: string | null;
  currency: string | null;
  n: Num;
  minor: Num;
}
export type RefundedRow = LeadsRow & { chargebacks: Num; frauds: Num };

/** What is counted, by affiliate. */
export class Counts {
  readonly #all = new Map<string | null, Counted & { byCurrency: Map<string, RateMoney> }>();

  leads(row: LeadsRow): void {
    const one = this.#of(row.affiliateId);
    one.leads += num(row.n);
    const money = moneyOf(one.byCurrency, row.currency);
    if (money) money.minor += num(row.minor);
  }

  refunded(row: RefundedRow): void {
    const one = this.#of(row.affiliateId);
    one.refunded += num(row.n);
    one.chargebacks += num(row.chargebacks);
    one.frauds += num(row.frauds);
    const money = moneyOf(one.byCurrency, row.currency);
    if (money) money.refundedMinor += num(row.minor);
  }

  /** Affiliates with leads; the currency of most payout first. */
  all(): Counted[] {
    return [...this.#all.values()]
      .filter((one) => one.leads > 0)
      .map(({ byCurrency, ...one }) => ({
        ...one,
        // a lead opened between two statements may be counted by the later one alone
        refunded: Math.min(one.refunded, one.leads),
        money: [...byCurrency.values()].sort((a, b) => b.minor - a.minor),
      }));
  }

  #of(affiliateId: string | null) {
    const known = this.#all.get(affiliateId);
    if (known) return known;
    const made = {
      affiliateId,
      leads: 0,
      refunded: 0,
      chargebacks: 0,
      frauds: 0,
      money: [],
      byCurrency: new Map<string, RateMoney>(),
    };
    this.#all.set(affiliateId, made);
    return made;
  }
}

function moneyOf(all: Map<string, RateMoney>, currency: string | null): RateMoney | null {
  if (currency === null) return null;
  const money = all.get(currency) ?? { currency, minor: 0, refundedMinor: 0 };
  all.set(currency, money);
  return money;
}

/** All affiliates together. */
export function totalOf(rows: readonly RateRow[]): Omit<Counted, 'affiliateId'> {
  const money = new Map<string, RateMoney>();
  const total = { leads: 0, refunded: 0, chargebacks: 0, frauds: 0 };
  for (const row of rows) {
    for (const name of ['leads', 'refunded', 'chargebacks', 'frauds'] as const) total[name] += row[name];
    for (const one of row.money) {
      const sum = moneyOf(money, one.currency);
      if (!sum) continue;
      sum.minor += one.minor;
      sum.refundedMinor += one.refundedMinor;
    }
  }
  return { ...total, money: [...money.values()].sort((a, b) => b.minor - a.minor) };
}
