import { disputeInTime, endGraces, landAndRelease } from './by-clock.ts';
import { decided, disputedByHand, inBulk, secondSaid } from './by-people.ts';
import type { Facts } from './facts.ts';
import { BREATH_MS } from './run.ts';
import type { Log, Order, Refund, Scenario, Terms } from './types.ts';
import { type Case, Walk } from './walk.ts';

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

/** Walks through the rounds with one order. Rounds are moments: what happened in one may have come in any order. */
export function judgeOrder(scenario: Scenario, order: Order, terms: Terms, facts: Facts, log: Log): Verdict {
  const walk = new Walk(scenario, order, terms, facts, log);
  const is = order.code === 'good' ? walkThrough(walk) : 'due';
  const { causes, tooLate, problems } = walk;
  return { is, causes, tooLate, problems };
}

function walkThrough(walk: Walk): Verdict['is'] {
  for (const round of walk.scenario.times.keys()) step(walk, round);
  if (walk.open) return 'open';
  if (walk.wanted) {
    // in time, and still not taken back: only the network's own answers can excuse it
    const tried = walk.facts.disputes.filter(
      (one) => one.effect !== 'disputed' && one.effect !== 'already_disputed',
    );
    if (tried.length > 0 || walk.disturbed)
      for (const cause of ['dispute_refused', 'missed_in_review']) walk.causes.add(cause);
    return 'due';
  }
  return walk.unheard || walk.standing.some((one) => one.state === 'lost') ? 'lost' : 'kept';
}

function step(walk: Walk, round: number): void {
  const { deadline, order, hand } = walk;
  const at = walk.time(round);
  const waits = walk.standing.length > 0 || walk.pending !== null;
  if (walk.knownIn <= round && deadline > at && deadline <= at + BREATH_MS && waits) walk.open = true;
  for (const refund of order.refunds.filter((one) => one.round === round)) told(walk, refund, round);
  for (const one of walk.cases)
    if (one.refund.reversal?.round === round && one.refund.round < round) reversed(walk, one, round);
  if (hand?.round === round) disputedByHand(walk, hand);
  endGraces(walk, round);
  landAndRelease(walk, round);
  for (const decision of walk.decisions) if (decision.round === round) decided(walk, decision);
  for (const second of walk.seconds) if (second.round === round) secondSaid(walk, second);
  for (const row of walk.bulks) if (row.round === round) inBulk(walk, row);
  disputeInTime(walk, round);
}

function told(walk: Walk, refund: Refund, round: number): void {
  const { reversal } = refund;
  const one: Case = { refund, state: 'wanted', chosen: false };
  walk.cases.push(one);
  if (reversal && reversal.round < round) one.state = 'void';
  else walk.judge(one, round);
}

function reversed(walk: Walk, one: Case, round: number): void {
  const left = walk.leftBefore(round);
  const now = walk.facts.disputes.some((seen) => seen.acted && seen.round === round);
  one.state = 'void';
  if (walk.pending?.refundId === one.refund.id) walk.pending = null;
  if (left) {
    walk.tooLate = true;
    return;
  }
  // it left in the same moment, or its postback was canceled for it
  if (now) walk.open = true;
  if (walk.facts.books?.postback === 'canceled') walk.tooLate = true;
  for (const other of walk.standing) if (other.state === 'wanted') walk.judge(other, round);
}
