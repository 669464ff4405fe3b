import type { Random } from '#app/practice/random.ts';
import { drawBase58 } from '#app/practice/random.ts';
import type { Campaign } from '#app/practice/regatta/index.ts';
import type { RegattaSeed } from '#app/practice/seed.ts';

export type OrderBody = Record<string, unknown> & { externalId: string; ref: string };

const PRICES = [1900, 2400, 3900, 4900, 6900, 9900, 12_400, 19_800];
const PROMOS = ['SPRING10', 'JARS5'];
const PAGES = ['/', '/refills', '/gift-cards', '/guides/glass-jars', '/sale', '/starter-kit'];

/** Who and what the story is about: orders that look like a shop's, with codes of real enrollments. */
export interface Cast {
  /** An order at `campaign`, from one of its affiliates. */
  order(externalId: string, campaign: Campaign, revenueCents?: number, ref?: string): OrderBody;
  ordinaryHours(count: number): OrderBody[];
  /** The arrivals before these orders: every buyer's, and those of people who did not buy. */
  capturesOf(orders: readonly OrderBody[]): Record<string, unknown>[];
  /** The orders' records, by which they are traced from the link to the postback (RG-04). */
  recordsOf(orders: readonly OrderBody[]): Record<string, unknown>[];
  /** An order of the last ordinary hours. */
  someOrder(): string;
  codeOf(campaign: Campaign, place?: number): string;
}

export function createCast(seed: RegattaSeed, random: Random): Cast {
  const { springStarter, annualPlan, giftCardPush, refillClub } = seed.campaigns;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
  const codes = (campaign: Campaign) =>
    seed.enrollments.filter((e) => e.campaignId === campaign.id).map((e) => e.trackingCode);
  let number = 285_000;
  let last: string[] = [];

  const order: Cast['order'] = (
    externalId,
    campaign,
    revenueCents = pick(PRICES),
    ref = pick(codes(campaign)),
  ) => ({
    externalId,
    campaignId: campaign.id,
    eventType: campaign.id === refillClub.id ? 'SIGNUP' : 'PURCHASE',
    revenueCents,
    currency: 'USD',
    ref,
    paymentIds: [`pi_3${drawBase58(random, 14)}`],
    metadata: {
      plan: campaign.id === annualPlan.id ? 'annual' : 'one-time',
      items: 1 + Math.floor(random.next() * 3),
    },
  });

  const stranger = (): string => `v_${drawBase58(random, 6)}`;
  const arrival = (ref: string, visitorId: string) => {
    const promo = random.next() < 0.15 ? pick(PROMOS) : null;
    const query = new URLSearchParams({ rgta_ref: ref, ...(promo === null ? {} : { promo }) });
    return {
      ref,
      url: `https://shop.fernhill.example${pick(PAGES)}?${query}`,
      visitorId,
      cookieValue: ref,
      ...(promo === null ? {} : { promo }),
    };
  };

  return {
    order,
    codeOf: (campaign, place = 0) => codes(campaign)[place] as string,
    someOrder: () => pick(last),
    ordinaryHours(count) {
      const campaigns = [
        springStarter,
        springStarter,
        annualPlan,
        annualPlan,
        annualPlan,
        giftCardPush,
        refillClub,
      ];
      const orders = Array.from({ length: count }, () => order(`order_${++number}`, pick(campaigns)));
      last = orders.filter((o) => o.eventType === 'PURCHASE').map((o) => o.externalId);
      return orders;
    },
    capturesOf: (orders) =>
      orders.flatMap((order) => {
        const buyer = arrival(order.ref, visitorOf(order));
        // more people land than buy
        return random.next() < 0.7 ? [arrival(order.ref, stranger()), buyer] : [buyer];
      }),
    recordsOf: (orders) =>
      orders.map((order) => ({
        type: 'order',
        id: order.externalId,
        ref: order.ref,
        visitorId: visitorOf(order),
      })),
  };
}

const visitorOf = (order: OrderBody): string => `v_${order.externalId.replace('order_', '')}`;
