import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import { type Host, Refused } from './host.ts';
import { type Place, rulesForProduct, TERMS } from './terms.ts';
import type { Log, Order, Refund, Scenario } from './types.ts';

/** Longer than the ten seconds of undo: what was decided in a round leaves in it. */
export const BREATH_MS = 11_000;
const LANES = 12;
const BATCH = 40;

type Deed = () => Promise<void>;

/** Plays a scenario against a running Leadline and its network; answers what was decided and answered on the way. */
export async function play(
  scenario: Scenario,
  parts: { host: Host; regatta: PracticeRegatta; places: Place[] },
): Promise<Log> {
  const { host, regatta, places } = parts;
  const log: Log = { decisions: [], hands: new Map(), reversals: new Map(), problems: [], stops: 0 };
  const asked = new Map<string, number>();
  const byRound = actionsByRound(scenario, { host, places, log });
  await host.operate(
    'prepare',
    TERMS.map((terms, i) => ({ campaignId: (places[i] as Place).campaignId, rules: rulesForProduct(terms) })),
  );
  for (const [round, time] of scenario.times.entries()) {
    const resting = round >= scenario.busy;
    if (resting) regatta.setFaults([]);
    else
      regatta.setFaults([
        ...regatta.faults(),
        ...scenario.orders.filter((order) => order.round === round).flatMap((order) => order.faults),
      ]);
    await turn(host, regatta, time);
    const calm = !scenario.rush.has(round);
    if (calm) await host.operate('settle');
    const actions = byRound.get(round) ?? [];
    const how = scenario.restarts.get(round);
    const half = Math.ceil(actions.length / 2);
    const first = inLanes(actions.slice(0, half));
    if (how) {
      log.stops++;
      await host.restart(how);
    }
    await Promise.all([first, inLanes(actions.slice(half)), calm ? null : host.operate('tick')]);
    await host.operate('settle');
    await personActs(round, { scenario, host, log, asked });
    if (resting || scenario.retries.has(round)) await host.operate('retryStopped');
    await turn(host, regatta, time + BREATH_MS);
    await host.operate('settle');
  }
  return log;
}

/** Both clocks; the network's first, so that nothing reaches it before its time. */
async function turn(host: Host, regatta: PracticeRegatta, time: number): Promise<void> {
  regatta.changeClock({ freeze: true, setTo: new Date(time).toISOString() });
  await host.operate('turn', time);
}

async function inLanes(deeds: readonly Deed[]): Promise<void> {
  const queue = deeds.values();
  const lane = async (): Promise<void> => {
    for (const deed of queue) await deed();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

interface Parts {
  host: Host;
  places: Place[];
  log: Log;
}

/** All that comes in, by round; conversions of a round go in batches, the rest alone. */
function actionsByRound(scenario: Scenario, parts: Parts): Map<number, Deed[]> {
  const { host, log } = parts;
  const rounds = new Map<number, Deed[]>();
  const fresh = new Map<number, Order[]>();
  const at = (round: number, deed: Deed): void => {
    rounds.set(round, [...(rounds.get(round) ?? []), deed]);
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
    if (hand) at(hand.round, () => byHand(order, parts));
  }
  for (const [round, orders] of fresh)
    for (let from = 0; from < orders.length; from += BATCH) {
      const deed: Deed = () => convert(orders.slice(from, from + BATCH), [200, 202], parts);
      // here and there among the rest
      const list = rounds.get(round) ?? [];
      list.splice((from * 7) % (list.length + 1), 0, deed);
      rounds.set(round, list);
    }
  return rounds;

  async function byHand(order: Order, { host }: Parts): Promise<void> {
    const { hand, externalId } = order;
    if (!hand) return;
    const opened = await unlessRefused(() => host.operate('dispute', { externalId }));
    if (!opened) return;
    const undone = hand.undo && (await unlessRefused(async () => !(await host.operate('undo', opened))));
    log.hands.set(externalId, { round: hand.round, undone: undone === true });
  }
  async function reverse({ times }: Scenario, refund: Refund, _parts: Parts): Promise<void> {
    if (!refund.reversal) return;
    const { kind: reversal, round } = refund.reversal;
    const at = times[round] ?? 0;
    const { kind } = await host.operate('reverse', { refundId: refund.id, reversal, at });
    log.reversals.set(refund.id, { round, kind });
  }
}

/** Null where the product says no. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
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

/** The scripted person: sees what waits for a decision, and decides as this order's plan says. */
async function personActs(
  round: number,
  { scenario, host, log, asked }: { scenario: Scenario; host: Host; log: Log; asked: Map<string, number> },
): Promise<void> {
  const plans = new Map(scenario.orders.map((order) => [order.externalId, order]));
  for (const { id, refundId, externalId } of await host.operate('reviews')) {
    const order = plans.get(externalId);
    const refund = order?.refunds.find((one) => one.id === refundId);
    if (!order || !refund) {
      log.problems.push(`${externalId}: ${refundId} waits for a decision and was never told`);
      continue;
    }
    const since = asked.get(refundId) ?? round;
    asked.set(refundId, since);
    const { choice, after } = order.review;
    if (choice === 'none' || round < since + after) continue;
    const done = await unlessRefused(() => host.operate('decide', { id, choice }));
    if (done) log.decisions.push({ round, refundId, choice, became: done.disposition });
  }
}
