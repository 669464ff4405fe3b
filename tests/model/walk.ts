import type { Facts } from './facts.ts';
import { deedOf } from './rules.ts';
import { payoutOf } from './terms.ts';
import type { Log, Order, Refund, Scenario, Terms } from './types.ts';

const DAY = 86_400_000;

export type State = 'wanted' | 'review' | 'grace' | 'passed' | 'lost' | 'void';
export interface Case {
  refund: Refund;
  state: State;
  /** A person chose to dispute it before there was a lead. */
  chosen: boolean;
}

/** Where an order stands on its way through the rounds. What happens to it: model.ts, by-people.ts, by-clock.ts. */
export class Walk {
  readonly cases: Case[] = [];
  readonly problems: string[] = [];
  readonly causes = new Set<string>();
  tooLate = false;
  open: boolean;
  /** A person disputed the lead itself. */
  byHand = false;
  /** A dispute waits for another person: for which refund, null for the lead itself. */
  pending: { refundId: string | null } | null = null;
  /** A dispute of the lead itself that nobody agreed to in time. */
  unheard = false;
  readonly scenario: Scenario;
  readonly order: Order;
  readonly terms: Terms;
  readonly facts: Facts;
  /** What people did to this order, of the whole log. */
  readonly decisions: Log['decisions'];
  readonly seconds: Log['seconds'];
  readonly bulks: Log['bulks'];
  readonly hand: ReturnType<Log['hands']['get']>;
  readonly knownIn: number;
  readonly deadline: number;

  constructor(scenario: Scenario, order: Order, terms: Terms, facts: Facts, log: Log) {
    this.scenario = scenario;
    this.order = order;
    this.terms = terms;
    this.facts = facts;
    const { externalId, refunds } = order;
    this.decisions = log.decisions.filter((one) => refunds.some(({ id }) => id === one.refundId));
    this.seconds = log.seconds.filter((one) => one.externalId === externalId);
    this.bulks = log.bulks.filter((one) => one.externalId === externalId);
    this.hand = log.hands.get(externalId);
    this.open = order.loose;
    const lead = facts.books?.lead;
    this.knownIn = lead ? this.roundAt(lead.knownAt) : Number.POSITIVE_INFINITY;
    const since = facts.postbacks.find((one) => one.acted)?.at;
    const own = since === undefined ? Number.POSITIVE_INFINITY : since + terms.days * DAY;
    // a kill may have cut off an attempt that never arrived: the product then reckons from there
    this.deadline = facts.books?.disturbed ? Math.min(own, lead?.disputeBy ?? own) : own;
  }

  roundAt(time: number): number {
    return this.scenario.times.findLastIndex((start) => start <= time);
  }
  time(round: number): number {
    return this.scenario.times[round] ?? 0;
  }
  /** The hold is over by the beginning of this round. */
  over(round: number): boolean {
    return this.knownIn <= round && (this.terms.days === 0 || this.time(round) >= this.deadline);
  }
  /** The lead was there when people looked: one may still come in the breath of a round, after a retry. */
  seenIn(round: number): boolean {
    return (this.facts.books?.lead?.knownAt ?? Number.POSITIVE_INFINITY) <= this.time(round);
  }
  get standing(): Case[] {
    return this.cases.filter((one) => one.state !== 'void');
  }
  get disturbed(): boolean {
    return this.facts.books?.disturbed ?? false;
  }
  /** The round in which the network took it back. */
  get takenIn(): number {
    return this.facts.disputes.find((one) => one.effect === 'disputed')?.round ?? Number.POSITIVE_INFINITY;
  }
  /** A dispute may have reached the network before this round. */
  leftBefore(round: number): boolean {
    return this.facts.disputes.some((one) => one.acted && one.round < round);
  }
  /** Something is to be disputed, and nobody else need agree. */
  get wanted(): boolean {
    return this.byHand || this.standing.some((one) => one.state === 'wanted');
  }
  /** A dispute by a person needs another person in this round. */
  needsEyes(round: number): boolean {
    const { from, to, above } = this.scenario.eyes;
    const payout = payoutOf(this.terms, this.order.revenue);
    return round >= from && round < to && payout > (above[this.terms.currency] ?? -1);
  }
  deedOf({ refund }: Case): ReturnType<typeof deedOf> {
    const standing = this.standing.map((one) => one.refund);
    return deedOf(refund, standing, this.order, this.terms);
  }

  /** What the rules make of a refund in this round. */
  judge(one: Case, round: number): void {
    const deed = this.deedOf(one);
    if (deed === 'never') one.state = 'passed';
    else if (this.takenIn < round) one.state = 'wanted';
    else if (this.over(round)) {
      if (this.takenIn === round) this.open = true;
      this.lose(one, this.lateCause(one));
    } else one.state = deed === 'ask' ? 'review' : deed === 'later' ? 'grace' : 'wanted';
  }
  lateCause({ refund }: Case): string {
    if (this.terms.days === 0) return 'zero_day_hold';
    return this.time(refund.round) >= this.deadline ? 'released_before_refund' : 'missed_deadline';
  }
  lose(one: Case, cause: string): void {
    one.state = 'lost';
    this.causes.add(cause);
  }
  /** All that waits follows a dispute of its lead, and nothing is left to agree to. */
  follow(): void {
    this.pending = null;
    for (const one of this.standing)
      if (one.state === 'review' || one.state === 'grace') one.state = 'wanted';
  }
}
