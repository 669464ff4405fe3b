import type { Cast, OrderBody } from './cast.ts';
import { playFinance } from './finance.ts';
import type { Player, StoryParts } from './player.ts';
import { missedDeadline, otherWebhooks, refundsOfToday } from './refunds.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The last day, hour by hour: healthy traffic, then one trouble after the other, each with its own cause. */
export async function playToday(parts: StoryParts, player: Player, cast: Cast): Promise<void> {
  await missedDeadline(player);
  const ordinary = async (hoursAgo: number, count: number) => {
    await player.at(hoursAgo * HOUR);
    await arriveAndBuy(player, cast, cast.ordinaryHours(count));
  };
  for (const hours of [22, 19, 16, 14, 12]) await ordinary(hours, 14);
  await outage(parts, player, cast);
  for (const hours of [10, 9]) await ordinary(hours, 13);
  await lowerCased(parts, player, cast);
  await ordinary(7, 14);
  await withoutAmount(parts, player, cast);
  for (const hours of [6, 5]) await ordinary(hours, 15);
  await budgetUsedUp(parts, player, cast);
  for (const hours of [3, 2]) await ordinary(hours, 14);
  await refundsOfToday(player);
  await otherWebhooks(player, cast.codeOf(parts.seed.campaigns.springStarter));
  await playFinance(parts, player, cast);
  await ordinary(0.6, 12);
  await secondLinks(player, cast);
  await retriesUnderWay(parts, player, cast);
}

/** Arrivals, the orders' records, and the orders, which tell their record instead of a code (RG-04). */
async function arriveAndBuy(player: Player, cast: Cast, orders: readonly OrderBody[]): Promise<void> {
  await player.captures(cast.capturesOf(orders));
  await player.records(cast.recordsOf(orders));
  await player.conversions(orders.map(byRecord));
}

const byRecord = ({ ref: _ref, ...order }: OrderBody): Record<string, unknown> => ({
  ...order,
  record: { type: 'order', id: order.externalId },
});

/** An outage longer than the ladder: four orders use all six attempts up. */
async function outage({ regatta, seed }: StoryParts, player: Player, cast: Cast): Promise<void> {
  await player.at(11 * HOUR);
  const orders = ['order_283840', 'order_283847', 'order_283851', 'order_283860'].map((id) =>
    cast.order(id, seed.campaigns.springStarter, 4_900),
  );
  regatta.setFaults(orders.map(({ externalId }) => ({ kind: '500', route: 'postback', externalId })));
  await arriveAndBuy(player, cast, orders);
  for (const minutesLater of [0.1, 0.3, 1, 7, 75]) {
    await player.at(11 * HOUR - minutesLater * MINUTE);
    await player.settle();
  }
  regatta.setFaults([]);
}

/** A developer lower-cased the codes of one landing page on the order: the network does not know them (RG-29). */
async function lowerCased({ seed }: StoryParts, player: Player, cast: Cast): Promise<void> {
  await player.at(8 * HOUR);
  const code = cast.codeOf(seed.campaigns.springStarter, 1);
  const orders = ['order_283690', 'order_283702', 'order_283711', 'order_284080'].map((id) =>
    cast.order(id, seed.campaigns.springStarter, 4_900, code),
  );
  await player.captures(cast.capturesOf(orders));
  await player.records(cast.recordsOf(orders.map((order) => ({ ...order, ref: code.toLowerCase() }))));
  await player.conversions(orders.map(byRecord));
}

/** The app forgets the amount on percent-of-sale orders (RG-24); two other orders came without any code. */
async function withoutAmount({ seed }: StoryParts, player: Player, cast: Cast): Promise<void> {
  await player.at(6.5 * HOUR);
  const orders = ['order_283897', 'order_283903', 'order_283910'].map((id) => {
    const { revenueCents: _revenue, ...order } = cast.order(id, seed.campaigns.annualPlan);
    return order as OrderBody;
  });
  await arriveAndBuy(player, cast, orders);
  await player.conversions([
    {
      externalId: 'order_283915',
      eventType: 'PURCHASE',
      revenueCents: 3_900,
      currency: 'USD',
      paymentIds: ['pi_3RPz77Lz8vGh0aQ2'],
    },
    { externalId: 'order_283922', eventType: 'PURCHASE', revenueCents: 6_900, currency: 'USD' },
  ]);
}

/** The gift card campaign's budget runs out (RG-25). */
async function budgetUsedUp({ regatta, seed }: StoryParts, player: Player, cast: Cast): Promise<void> {
  await player.at(4 * HOUR);
  const { giftCardPush } = seed.campaigns;
  const { spentCents } = regatta.patchCampaign(giftCardPush.id, {});
  regatta.patchCampaign(giftCardPush.id, { budgetCents: spentCents });
  const gifts = Array.from({ length: 7 }, (_, i) => cast.order(`order_2839${80 + i}`, giftCardPush, 2_400));
  await arriveAndBuy(player, cast, gifts);
}

/** People who came by one affiliate's link return by another's: the first one keeps the sale (RG-03). */
async function secondLinks(player: Player, cast: Cast): Promise<void> {
  await player.at(0.3 * HOUR);
  const orders = cast.ordinaryHours(4);
  const first = cast.capturesOf(orders);
  await player.captures(first);
  const last = first.at(-1);
  await player.captures(
    first.slice(0, 3).map((capture) => ({
      ...capture,
      ref: last?.ref,
      url: `https://shop.fernhill.example/sale?rgta_ref=${last?.ref}`,
      cookieValue: capture.ref,
    })),
  );
}

/** Right now the network answers two affiliates' orders with errors, and a dispute: retries are under way. */
async function retriesUnderWay({ regatta, seed }: StoryParts, player: Player, cast: Cast): Promise<void> {
  const { annualPlan } = seed.campaigns;
  await player.at(40_000);
  const [broken, gateway] = [cast.codeOf(annualPlan, 0), cast.codeOf(annualPlan, 1)];
  // the last attempt of each gets through
  regatta.setFaults([
    { kind: '500', route: 'postback', ref: broken, remaining: 15 },
    { kind: 'not_json', route: 'postback', ref: gateway, status: 502, remaining: 10 },
    { kind: '500', route: 'dispute', externalId: 'order_93508', remaining: 5 },
  ]);
  const orders = [
    ...['order_284176', 'order_284182', 'order_284188'].map((id) =>
      cast.order(id, annualPlan, 6_900, broken),
    ),
    ...['order_284212', 'order_284213'].map((id) => cast.order(id, annualPlan, 12_400, gateway)),
  ];
  await arriveAndBuy(player, cast, orders);
  await player.refund({ refundId: 're_3RQ4k2Lz8vBd', order: 'order_93508' });
  for (const secondsAgo of [38, 32]) {
    await player.at(secondsAgo * 1000);
    await player.settle();
  }
  await player.refund({ refundId: 're_3RQ8m4Lz8vAa', order: 'order_284188' });
  const latest = cast
    .ordinaryHours(12)
    .filter((order) => order.ref !== broken && order.ref !== gateway)
    .slice(0, 6);
  await arriveAndBuy(player, cast, latest);
}
