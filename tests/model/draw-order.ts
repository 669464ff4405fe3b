import type { Random } from '#app/practice/random.ts';
import { drawFaults } from './draw-faults.ts';
import { pick } from './pick.ts';
import { TERMS } from './terms.ts';
import type { Order, Refund } from './types.ts';

type Story =
  | 'plain'
  | 'refund'
  | 'refund_first'
  | 'parts'
  | 'part'
  | 'won_back'
  | 'early_reversal'
  | 'two_reasons'
  | 'by_hand'
  | 'race'
  | 'no_code'
  | 'wrong_code';

const STORIES: readonly [Story, number][] = [
  ['plain', 130],
  ['refund', 10],
  ['refund_first', 2],
  ['parts', 5],
  ['part', 4],
  ['won_back', 4],
  ['early_reversal', 1],
  ['two_reasons', 2],
  ['by_hand', 4],
  ['race', 2],
  ['no_code', 1],
  ['wrong_code', 1],
];

/** One order and all that happens to it. Uses only its own randomness, so that it is the same beside other orders. */
export function drawOrder(n: number, random: Random, busy: number): Order {
  const chance = (p: number): boolean => random.next() < p;
  const whole = (from: number, to: number): number => from + Math.floor(random.next() * (to - from + 1));
  const story = pick(random, STORIES);
  const terms = whole(0, TERMS.length - 1);
  const revenue = whole(150, 30_000);
  const round = whole(story === 'refund_first' ? 1 : 0, Math.floor(busy * 0.75));
  const last = busy - 1;
  /** Some rounds on: mostly soon, at times long after. */
  const after = (from: number, least = 0): number =>
    Math.min(last, from + least + (chance(0.6) ? whole(0, 4) : whole(0, 22)));
  let refunds = 0;
  const refund = (at: number, change: Partial<Refund> = {}): Refund => {
    const kind =
      change.kind ??
      pick(random, [
        ['refund', 6],
        ['chargeback', 3],
        ['fraud', 1],
      ] as const);
    const said = pick(random, [
      ['both', 3],
      ['full', 1],
      ['amount', 1],
      ['none', 1],
    ] as const);
    return {
      id: `re_${n}_${++refunds}`,
      kind,
      amount: said === 'both' || said === 'amount' ? revenue : null,
      full: said === 'both' || said === 'full' ? true : null,
      round: at,
      by: chance(0.5) ? 'order' : 'payment',
      again: chance(0.1) ? after(at) : null,
      reversal: null,
      ...change,
    };
  };
  const part = (at: number, amount: number): Refund =>
    refund(at, { kind: 'refund', amount, full: chance(0.5) ? false : null });
  const reversed = (one: Refund, at: number): Refund => ({
    ...one,
    reversal: { kind: one.kind === 'chargeback' ? 'won' : 'failed', round: at },
  });

  const order: Order = {
    n,
    externalId: `order_${n}`,
    terms,
    revenue,
    code: story === 'no_code' ? 'none' : story === 'wrong_code' ? 'wrong' : 'good',
    round,
    again: chance(0.04) ? after(round) : null,
    conflict: chance(0.01) ? after(round, 1) : null,
    refunds: [],
    hand: null,
    review: {
      choice: pick(random, [
        ['dispute', 5],
        ['let_pass', 3],
        ['none', 2],
      ] as const),
      after: whole(0, 5),
      bulk: chance(0.6),
    },
    second: {
      does: pick(random, [
        ['approve', 5],
        ['reject', 2],
        ['withdraw', 1],
        ['none', 2],
      ] as const),
      after: whole(0, 4),
    },
    faults: [],
    loose: story === 'race',
  };
  const at = after(round);
  switch (story) {
    case 'refund':
    case 'wrong_code':
    case 'no_code':
      order.refunds.push(refund(at));
      break;
    case 'refund_first':
      order.refunds.push(refund(whole(Math.max(0, round - 3), round - 1)));
      break;
    case 'part':
      order.refunds.push(part(at, whole(1, revenue - 1)));
      break;
    case 'parts': {
      const first = whole(1, revenue - 2);
      const second = whole(1, revenue - first - 1);
      const rest = revenue - first - second;
      const end = pick(random, [
        [rest, 7],
        [rest + 1, 1],
        [Math.max(1, rest - 1), 2],
      ] as const);
      let when = at;
      for (const amount of [first, second, end]) {
        order.refunds.push(part(when, amount));
        when = after(when);
      }
      break;
    }
    case 'won_back': {
      const one = refund(at, { kind: chance(0.6) ? 'chargeback' : 'refund' });
      order.refunds.push(reversed(one, after(at, 1)));
      if (chance(0.2)) order.refunds.push(refund(after(at, 2)));
      break;
    }
    case 'early_reversal': {
      const one = refund(Math.min(last, at + 1), { kind: chance(0.6) ? 'chargeback' : 'refund' });
      order.refunds.push(reversed(one, whole(0, one.round - 1)));
      break;
    }
    case 'two_reasons': {
      const small = part(at, whole(1, revenue - 1));
      order.refunds.push(chance(0.5) ? reversed(small, after(at, 1)) : small);
      order.refunds.push(refund(after(at), { kind: 'chargeback' }));
      break;
    }
    case 'by_hand':
      order.hand = { round: after(round, 1), undo: chance(0.4), bulk: chance(0.5) };
      if (chance(0.4)) order.refunds.push(refund(after(order.hand.round, 1)));
      break;
    case 'race':
      order.refunds.push(reversed(refund(at, { kind: 'chargeback' }), at));
      if (chance(0.5)) order.refunds.push(refund(at));
      if (chance(0.5)) order.hand = { round: at, undo: chance(0.5), bulk: false };
      break;
    case 'plain':
      break;
  }
  order.loose ||= order.refunds.some((one) => one.reversal?.round === one.round);
  const { hand } = order;
  if (hand) order.loose ||= order.refunds.some((one) => one.round === hand.round);
  order.faults = drawFaults(random, order);
  return order;
}
