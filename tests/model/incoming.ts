import { type Host, Refused } from './host.ts';
import { type Place, TERMS } from './terms.ts';
import type { Log, Order, Refund, Scenario } from './types.ts';

const BATCH = 40;

export type Act = () => Promise<void>;

export interface Parts {
  host: Host;
  places: Place[];
  log: Log;
}

/** All that comes in, by round; conversions of a round go in batches, the rest alone. */
export function actionsByRound(scenario: Scenario, parts: Parts): Map<number, Act[]> {
  const rounds = new Map<number, Act[]>();
  const fresh = new Map<number, Order[]>();
  const at = (round: number, act: Act): void => {
    rounds.set(round, [...(rounds.get(round) ?? []), act]);
  };
  for (const order of scenario.orders) {
    fresh.set(order.round, [...(fresh.get(order.round) ?? []), order]);
    if (order.again !== null) at(order.again, () => convert([order], [200, 202], parts));
    if (order.conflict !== null)
      at(order.conflict, () => convert([{ ...order, revenue: order.revenue + 1 }], [409], parts));
    for (const refund of order.refunds) {
      at(refund.round, () => tell(order, refund, parts));
      if (refund.again !== null) at(refund.again, () => tell(order, refund, parts));
      const { reversal } = refund;
      if (reversal) at(reversal.round, () => reverse(scenario, refund, parts));
    }
    const { hand } = order;
    if (hand && !hand.bulk) at(hand.round, () => byHand(order, parts));
  }
  for (const [round, orders] of fresh)
    for (let from = 0; from < orders.length; from += BATCH) {
      const act: Act = () => convert(orders.slice(from, from + BATCH), [200, 202], parts);
      // here and there among the rest
      const list = rounds.get(round) ?? [];
      list.splice((from * 7) % (list.length + 1), 0, act);
      rounds.set(round, list);
    }
  return rounds;
}

async function byHand({ hand, externalId }: Order, { host, log }: Parts): Promise<void> {
  if (!hand) return;
  const opened = await unlessRefused(() => host.operate('dispute', { externalId }));
  if (!opened) return;
  const { leadId, asked } = opened;
  // what waits for another person has not left, and there is nothing to take back
  const undone = hand.undo && (await unlessRefused(async () => !(await host.operate('undo', { leadId }))));
  log.hands.set(externalId, { round: hand.round, undone: undone === true, asked });
}

async function reverse({ times }: Scenario, refund: Refund, { host, log }: Parts): Promise<void> {
  if (!refund.reversal) return;
  const { kind: reversal, round } = refund.reversal;
  const at = times[round] ?? 0;
  const { kind } = await host.operate('reverse', { refundId: refund.id, reversal, at });
  log.reversals.set(refund.id, { round, kind });
}

/** Null where the product says no. */
export async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function convert(
  orders: readonly Order[],
  wanted: number[],
  { host, places, log }: Parts,
): Promise<void> {
  const conversions = orders.map((order) => {
    const { campaignId, codes } = places[order.terms] as Place;
    const ref = { good: codes[order.n % codes.length], wrong: 'Nowhere1', none: undefined }[order.code];
    return {
      externalId: order.externalId,
      eventType: 'PURCHASE',
      revenueCents: order.revenue,
      currency: (TERMS[order.terms] as (typeof TERMS)[number]).currency,
      paymentIds: [`pi_${order.n}`],
      ...(ref ? { ref } : {}),
      // only then its campaign is known before its lead
      ...(order.n % 2 === 0 ? { campaignId } : {}),
    };
  });
  const { status, json } = await host.call('POST', '/api/v1/conversions/batch', { conversions });
  const results = (json?.data ?? []) as { status: number }[];
  for (const [i, order] of orders.entries())
    if (status !== 207 || !wanted.includes(results[i]?.status ?? 0))
      log.problems.push(
        `${order.externalId} was answered with ${status}/${results[i]?.status}, not ${wanted}`,
      );
}

async function tell(order: Order, refund: Refund, { host, log }: Parts): Promise<void> {
  const { status, json } = await host.call('POST', '/api/v1/refunds', {
    refundId: refund.id,
    kind: refund.kind,
    ...(refund.by === 'order' ? { externalId: order.externalId } : { paymentId: `pi_${order.n}` }),
    ...(refund.amount === null ? {} : { amountCents: refund.amount }),
    ...(refund.full === null ? {} : { full: refund.full }),
  });
  if (status !== 202 && status !== 200)
    log.problems.push(
      `${order.externalId}: refund ${refund.id} was answered with ${status} ${json?.error?.message}`,
    );
}
