import { setTimeout as sleep } from 'node:timers/promises';
import type { BillingVerbs, Told } from '#app/practice/billing/index.ts';
import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import type { RegattaSeed } from '#app/practice/seed.ts';
import type { ConsoleSession } from './console.ts';

export interface StoryParts {
  url: string;
  key: string;
  regatta: PracticeRegatta;
  billing: BillingVerbs;
  seed: RegattaSeed;
  pending(now: Date): Promise<number>;
  /** Signs a colleague in to the console, by what stands before the @. */
  signIn(name: string): Promise<ConsoleSession>;
}

export interface StoryRefund {
  refundId: string;
  /** Order number, or an id of the payment. */
  order: string;
  amountCents?: number;
  chargeback?: true;
}

/** An order as billing knows it; `at` in ms since 1970. */
export interface Sold {
  id: string;
  cents: number;
  at: number;
}

export interface Player {
  /** The turned clock, in ms since 1970. */
  now(): number;
  /** Orders with an amount, oldest first, and what of them was given back, by order, in minor units. */
  orders: Sold[];
  refunded: Map<string, number>;
  counts: { conversions: number; captures: number; refunds: number };
  /** Turns the clocks to `msAgo` before now. */
  at(msAgo: number): Promise<void>;
  post(path: string, body: unknown): Promise<{ status: number; data: Record<string, unknown> }>;
  /** The first page of a list of the API. */
  list(path: string): Promise<Record<string, unknown>[]>;
  /** The records of orders that are reported by their record afterwards. */
  records(list: readonly Record<string, unknown>[]): Promise<void>;
  captures(list: readonly Record<string, unknown>[]): Promise<void>;
  conversions(list: readonly Record<string, unknown>[]): Promise<void>;
  /** A provider does something about money; its signed webhooks must all be taken. */
  told(by: (billing: BillingVerbs) => Promise<Pick<Told, 'deliveries'>>): Promise<void>;
  /** Money goes back at Stripe, all of it or `amountCents`: a refund of its own id, or a chargeback. */
  refund(body: StoryRefund): Promise<void>;
  /** Waits until everything that is due has been answered. */
  settle(): Promise<void>;
}

/**
 * Speaks to Leadline as a shop's backend would, over HTTP, and turns the clocks of all. Refunds and chargebacks come
 * from the practice billing, by signed webhooks. Throws on a refusal.
 */
export function createPlayer(parts: StoryParts): Player {
  const counts = { conversions: 0, captures: 0, refunds: 0 };
  const orders: Sold[] = [];
  const refunded = new Map<string, number>();
  const headers = { authorization: `Bearer ${parts.key}`, 'content-type': 'application/json' };
  const call = async (path: string, init: RequestInit): ReturnType<Player['post']> => {
    const response = await fetch(parts.url + path, { headers, ...init });
    const answer = (await response.json()) as { data?: Record<string, unknown>; error?: { message: string } };
    if (!response.ok) throw new Error(`${path} was refused (${response.status}): ${answer.error?.message}`);
    return { status: response.status, data: answer.data ?? {} };
  };
  const post: Player['post'] = (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) });
  let turnedBack = 0;
  const now = (): number => Date.now() - turnedBack;
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 400; i++) {
      if ((await parts.pending(new Date(now()))) === 0) return;
      await sleep(10);
    }
  };
  const told: Player['told'] = async (by) => {
    const { deliveries } = await by(parts.billing);
    const wrong = deliveries.find(({ status, fault }) => fault === null && status !== 200);
    if (wrong) throw new Error(`a webhook of the story was refused: ${JSON.stringify(wrong)}`);
    await settle();
  };
  return {
    now,
    orders,
    refunded,
    counts,
    post,
    list: async (path) => (await call(path, {})).data.items as Record<string, unknown>[],
    settle,
    async at(msAgo) {
      turnedBack = Math.round(msAgo);
      parts.regatta.changeClock({ offsetMs: -turnedBack });
      parts.billing.changeClock({ offsetMs: -turnedBack });
      await post('/__practice/clock', { offsetMs: -turnedBack });
    },
    async records(list) {
      await Promise.all(list.map((record) => post('/api/v1/records', record)));
    },
    async captures(list) {
      await Promise.all(list.map((capture) => post('/api/v1/captures', capture)));
      counts.captures += list.length;
    },
    async conversions(list) {
      if (list.length === 0) return;
      const { data } = await post('/api/v1/conversions/batch', { conversions: list });
      const wrong = (data as unknown as { status: number; error?: unknown }[]).find(
        (result) => result.status >= 400,
      );
      if (wrong) throw new Error(`a conversion of the story was refused: ${JSON.stringify(wrong)}`);
      counts.conversions += list.length;
      for (const order of list) {
        await takeMoney(parts.billing, order);
        if (typeof order.revenueCents === 'number')
          orders.push({ id: String(order.externalId), cents: order.revenueCents, at: now() });
      }
      await settle();
    },
    told,
    async refund({ refundId, order, amountCents, chargeback }) {
      const back = { key: order, id: refundId, ...(amountCents === undefined ? {} : { amountCents }) };
      await told((billing) => (chargeback ? billing.dispute(back) : billing.refund(back)));
      counts.refunds++;
      const all = orders.find(({ id }) => id === order)?.cents ?? 0;
      refunded.set(order, (refunded.get(order) ?? 0) + (amountCents ?? all));
    },
  };
}

/** Stripe takes the money of an order. Nothing is told: the backend did that, with the payment's id. */
async function takeMoney(billing: BillingVerbs, order: Record<string, unknown>): Promise<void> {
  const [intent] = (order.paymentIds ?? []) as string[];
  if (intent === undefined || order.revenueCents === undefined) return;
  await billing.pay({
    source: 'stripe',
    orderId: order.externalId,
    amountCents: order.revenueCents,
    currency: order.currency,
    tell: false,
    ids: { payment_intent: intent },
  });
}
