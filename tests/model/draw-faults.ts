import type { Random } from '#app/practice/random.ts';
import type { FaultInput } from '#app/practice/regatta/index.ts';
import { pick } from './pick.ts';
import { TERMS } from './terms.ts';
import type { Order } from './types.ts';

/** Longer than Leadline waits for an answer (host.ts): the answer comes, and nobody is there. */
export const TOO_LATE_MS = 4_400;

/**
 * Disputes that run into Leadline's time limit: the network took it and answers too late, took it and never answers, or
 * never had it.
 */
export const TIMEOUTS: readonly FaultInput[] = [
  { kind: 'slow', ms: TOO_LATE_MS },
  { kind: 'timeout', afterWork: true },
  { kind: 'timeout', afterWork: false },
];

/** One of them, for one dispute of an order. */
export const timeoutOf = (n: number, externalId: string): FaultInput =>
  ({ ...TIMEOUTS[n % TIMEOUTS.length], route: 'dispute', externalId, remaining: 1 }) as FaultInput;

const LOST_ANSWERS: readonly [Partial<FaultInput> & { kind: FaultInput['kind'] }, number][] = [
  [{ kind: '500' }, 3],
  [{ kind: '500', afterWork: true }, 3],
  [{ kind: 'reset_before_work' }, 3],
  [{ kind: 'reset_after_work' }, 4],
  [{ kind: 'truncated' }, 2],
  [{ kind: 'not_json', afterWork: true }, 2],
  [{ kind: '429', retryAfterSeconds: 0 }, 3],
];

/** How the network fails this order: mostly not at all. Timeouts cost real time, so they are few and fall together. */
export function drawFaults(random: Random, order: Order): FaultInput[] {
  const { n, externalId } = order;
  const out: FaultInput[] = [];
  const some = (route: 'postback' | 'dispute', chance: number): void => {
    while (random.next() < chance && out.length < 8) {
      const fault = pick(random, LOST_ANSWERS);
      out.push({ ...fault, route, externalId, remaining: random.next() < 0.8 ? 1 : 2 } as FaultInput);
      chance = 0.4;
    }
  };
  some('postback', 0.15);
  if (out.length === 0 && order.round % 22 === 5 && random.next() < 0.05)
    out.push({
      kind: 'timeout',
      afterWork: random.next() < 0.5,
      route: 'postback',
      externalId,
      remaining: 1,
    });
  if (out.length === 0 && random.next() < 0.01)
    out.push({ kind: 'not_json', status: 201, afterWork: true, route: 'postback', externalId, remaining: 1 });
  // a person would have to see to it; that is another story
  if (order.refunds.length > 0 && !order.hand) {
    if (atOnceIn(order, 15)) out.push(timeoutOf(n, externalId));
    some('dispute', 0.25);
  }
  return out;
}

/** Whether its dispute leaves by a rule in the round for timeouts. */
function atOnceIn({ refunds, round, terms, code }: Order, when: number): boolean {
  const [first] = refunds;
  if (!first || code !== 'good' || first.round !== when || first.round <= round) return false;
  return first.kind === 'refund' && refunds.length === 1 && TERMS[terms]?.rules.full === 'now';
}
