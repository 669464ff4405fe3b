import type { Facts } from './facts.ts';
import { deedOf } from './rules.ts';
import { BREATH_MS } from './run.ts';
import {
  GRACE_HOURS,
  type Log,
  MARGIN_HOURS,
  type Order,
  type Refund,
  type Scenario,
  type Terms,
} from './types.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * What must have become of an order's payout. `due`: back to the advertiser. `lost`: a loss with one of `causes`.
 * `kept`: with the affiliate, and no loss. `open`: either, since both happened in one moment.
 */
export interface Verdict {
  is: 'due' | 'lost' | 'kept' | 'open';
  causes: ReadonlySet<string>;
  /** The network may hold it back though it is owed: reversed after it had left or after nothing was sent. */
  tooLate: boolean;
  problems: string[];
}

type State = 'wanted' | 'review' | 'grace' | 'passed' | 'lost' | 'void';
interface Case {
  refund: Refund;
  state: State;
  cause: string | null;
}

/** Walks through the rounds with one order. Rounds are moments: what happened in one may have come in any order. */
export function judgeOrder(scenario: Scenario, order: Order, terms: Terms, facts: Facts, log: Log): Verdict {
  return new Walk(scenario, order, terms, facts, log).verdict();
}

class Walk {
  readonly cases: Case[] = [];
  readonly problems: string[] = [];
  readonly causes = new Set<string>();
  tooLate = false;
  open: boolean;
  byHand = false;
  readonly scenario: Scenario;
  readonly order: Order;
  readonly terms: Terms;
  readonly facts: Facts;
  readonly log: Log;
  readonly knownIn: number;
  readonly deadline: number;

  constructor(scenario: Scenario, order: Order, terms: Terms, facts: Facts, log: Log) {
    this.scenario = scenario;
    this.order = order;
    this.terms = terms;
    this.facts = facts;
    this.log = log;
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
  get standing(): Case[] {
    return this.cases.filter((one) => one.state !== 'void');
  }
  /** The round in which the network took it back. */
  get takenIn(): number {
    return this.facts.disputes.find((one) => one.effect === 'disputed')?.round ?? Number.POSITIVE_INFINITY;
  }
  /** A dispute may have reached the network before this round. */
  leftBefore(round: number): boolean {
    return this.facts.disputes.some((one) => one.acted && one.round < round);
  }

  verdict(): Verdict {
    if (this.order.code !== 'good') return this.result('due');
    for (const round of this.scenario.times.keys()) this.step(round);
    const { causes } = this;
    if (this.open) return this.result('open');
    if (this.byHand || this.standing.some((one) => one.state === 'wanted')) {
      // in time, and still not taken back: only the network's own answers can excuse it
      const tried = this.facts.disputes.filter(
        (one) => one.effect !== 'disputed' && one.effect !== 'already_disputed',
      );
      if (tried.length > 0 || this.facts.books?.disturbed)
        for (const cause of ['dispute_refused', 'missed_in_review']) causes.add(cause);
      return this.result('due');
    }
    if (this.standing.some((one) => one.state === 'lost')) return this.result('lost');
    return this.result('kept');
  }

  result(is: Verdict['is']): Verdict {
    return { is, causes: this.causes, tooLate: this.tooLate, problems: this.problems };
  }

  step(round: number): void {
    const { deadline, order, log } = this;
    const at = this.time(round);
    if (this.knownIn <= round && deadline > at && deadline <= at + BREATH_MS && this.standing.length > 0)
      this.open = true;
    for (const refund of order.refunds.filter((one) => one.round === round)) this.told(refund, round);
    for (const one of this.cases)
      if (one.refund.reversal?.round === round && one.refund.round < round) this.reversed(one, round);
    const hand = log.hands.get(order.externalId);
    if (hand?.round === round) this.disputedByHand(hand.undone, round);
    this.endGraces(round);
    this.landAndRelease(round);
    for (const decision of log.decisions)
      if (decision.round === round && order.refunds.some((one) => one.id === decision.refundId))
        this.decided(decision, round);
    this.disputeInTime(round);
  }

  told(refund: Refund, round: number): void {
    const { reversal } = refund;
    const one: Case = { refund, state: 'wanted', cause: null };
    this.cases.push(one);
    if (reversal && reversal.round < round) one.state = 'void';
    else this.judge(one, round);
  }

  judge(one: Case, round: number): void {
    const deed = deedOf(
      one.refund,
      this.standing.map(({ refund }) => refund),
      this.order,
      this.terms,
    );
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
    one.cause = cause;
    this.causes.add(cause);
  }

  reversed(one: Case, round: number): void {
    const left = this.leftBefore(round);
    const now = this.facts.disputes.some((seen) => seen.acted && seen.round === round);
    one.state = 'void';
    if (left) {
      this.tooLate = true;
      return;
    }
    // it left in the same moment, or its postback was canceled for it
    if (now) this.open = true;
    if (this.facts.books?.postback === 'canceled') this.tooLate = true;
    for (const other of this.standing) if (other.state === 'wanted') this.judge(other, round);
  }

  disputedByHand(undone: boolean, round: number): void {
    if (undone) {
      for (const one of this.standing)
        if (['wanted', 'grace'].includes(one.state) && one.refund.round <= round) one.state = 'review';
      return;
    }
    this.byHand = true;
    this.follow();
  }

  /** All that waits follows a dispute of its lead. */
  follow(): void {
    for (const one of this.standing)
      if (one.state === 'review' || one.state === 'grace') one.state = 'wanted';
  }

  endGraces(round: number): void {
    for (const one of this.standing) {
      if (one.state !== 'grace') continue;
      const end = this.time(one.refund.round) + GRACE_HOURS * HOUR;
      const latest = this.knownIn <= round ? this.deadline - MARGIN_HOURS * HOUR : end;
      if (this.over(round) || Math.min(end, latest) > this.time(round) + BREATH_MS) continue;
      const deed = deedOf(
        one.refund,
        this.standing.map(({ refund }) => refund),
        this.order,
        this.terms,
      );
      one.state = deed === 'ask' ? 'review' : 'wanted';
    }
  }

  landAndRelease(round: number): void {
    if (this.over(round)) {
      const landed = this.knownIn === round;
      for (const one of this.standing) {
        if (landed && ['wanted', 'review', 'grace'].includes(one.state)) this.lose(one, this.lateCause(one));
        else if (one.state === 'review') this.lose(one, 'missed_in_review');
        else if (one.state === 'grace') this.lose(one, 'missed_deadline');
      }
      return;
    }
    if (this.standing.some((one) => one.state === 'wanted') && this.knownIn <= round) this.follow();
  }

  decided({ refundId, choice, became }: Log['decisions'][number], round: number): void {
    const one = this.cases.find(({ refund }) => refund.id === refundId);
    if (!one || one.state === 'void') return;
    const why =
      one.state === 'review' ||
      this.open ||
      this.facts.disputes.some((seen) => seen.round <= round && !seen.clean) ||
      this.facts.books?.disturbed ||
      this.facts.postbacks.some((seen) => seen.round <= round && seen.acted && !seen.clean);
    if (!why)
      this.problems.push(`a person was asked about ${refundId} in round ${round} though the rules decide`);
    if (choice === 'let_pass') one.state = 'passed';
    else if (became !== 'needs_review') {
      one.state = 'wanted';
      this.follow();
    }
  }

  /** What is wanted and can be disputed has left by the end of the round in which that is so. */
  disputeInTime(round: number): void {
    if (this.open || this.knownIn > round || this.over(round)) return;
    const wanted = this.byHand || this.standing.some((one) => one.state === 'wanted');
    if (!wanted || this.facts.disputes.some((one) => one.round <= round) || this.facts.books?.disturbed)
      return;
    this.problems.push(`was to be disputed in round ${round}, and no dispute reached the network in it`);
    this.open = true;
  }
}
