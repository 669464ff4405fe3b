import type { Cast } from './cast.ts';
import type { Player, StoryParts } from './player.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The last day, hour by hour: healthy traffic, then one trouble after the other, each with its own cause. */
export async function playToday(parts: StoryParts, player: Player, cast: Cast): Promise<void> {
  const { regatta, seed } = parts;
  const { springStarter, annualPlan, giftCardPush } = seed.campaigns;

  await missedDeadline(player);
  for (const hours of [22, 19, 16, 13]) {
    await player.at(hours * HOUR);
    const orders = cast.ordinaryHours(9);
    await player.captures(cast.capturesOf(orders));
    await player.conversions(orders);
  }

  // an outage longer than the ladder: four orders use all six attempts up
  await player.at(11 * HOUR);
  const outage = ['order_283840', 'order_283847', 'order_283851', 'order_283860'];
  regatta.setFaults(
    outage.map((externalId) => ({ kind: '500' as const, route: 'postback' as const, externalId })),
  );
  await player.conversions(outage.map((externalId) => cast.order(externalId, springStarter, 4_900)));
  for (const minutesLater of [0.1, 0.3, 1, 7, 75]) {
    await player.at(11 * HOUR - minutesLater * MINUTE);
    await player.settle();
  }
  regatta.setFaults([]);

  // a developer lower-cased the codes on one landing page: nobody knows them any more (RG-29)
  await player.at(8 * HOUR);
  const code = cast.codeOf(springStarter, 1);
  await player.captures([
    { ref: code, url: `https://shop.fernhill.example/sale?rgta_ref=${code}`, visitorId: 'v_sale' },
  ]);
  await player.conversions(
    ['order_283690', 'order_283702', 'order_283711', 'order_284080'].map((id) => ({
      ...cast.order(id, springStarter),
      ref: code.toLowerCase(),
    })),
  );

  // the app forgets the amount on percent-of-sale orders (RG-24)
  await player.at(6.5 * HOUR);
  const withoutAmount = (id: string) => {
    const { revenueCents: _revenue, ...order } = cast.order(id, annualPlan);
    return order as ReturnType<Cast['order']>;
  };
  await player.conversions(['order_283897', 'order_283903', 'order_283910'].map(withoutAmount));
  await player.conversions([
    {
      externalId: 'order_283915',
      eventType: 'PURCHASE',
      revenueCents: 3_900,
      currency: 'USD',
      ref: undefined as unknown as string,
    },
  ]);

  // the gift card campaign's budget runs out (RG-25)
  await player.at(4 * HOUR);
  regatta.patchCampaign(giftCardPush.id, { budgetCents: 1 });
  const gifts = Array.from({ length: 11 }, (_, i) => cast.order(`order_2839${80 + i}`, giftCardPush, 2_400));
  await player.captures(cast.capturesOf(gifts));
  await player.conversions(gifts);

  await player.at(2 * HOUR);
  await player.conversions(cast.ordinaryHours(12));
  await refunds(player);

  // right now the network answers one affiliate's orders with errors: retries are under way
  await player.at(40_000);
  regatta.setFaults([
    { kind: '500', route: 'postback', ref: cast.codeOf(annualPlan, 0) },
    { kind: 'not_json', route: 'postback', ref: cast.codeOf(annualPlan, 1), status: 502 },
  ]);
  await player.conversions(
    ['order_284176', 'order_284182', 'order_284188'].map((id) => ({
      ...cast.order(id, annualPlan, 6_900),
      ref: cast.codeOf(annualPlan, 0),
    })),
  );
  await player.conversions(
    ['order_284212', 'order_284213'].map((id) => ({
      ...cast.order(id, annualPlan, 12_400),
      ref: cast.codeOf(annualPlan, 1),
    })),
  );
  for (const secondsAgo of [38, 32]) {
    await player.at(secondsAgo * 1000);
    await player.settle();
  }
  await player.refund({
    refundId: 're_3RQ8m4Lz8vAa',
    externalId: 'order_284188',
    kind: 'refund',
    full: true,
    amountCents: 6_900,
  });
  const latest = cast.ordinaryHours(6);
  await player.captures(cast.capturesOf(latest));
  await player.conversions(latest);
}

/** A partial refund waited for a person; the hold ended before anybody decided. */
async function missedDeadline(player: Player): Promise<void> {
  await player.at(33 * HOUR);
  await player.refund({
    refundId: 're_3RLost80571',
    externalId: 'order_80564',
    kind: 'refund',
    full: true,
    amountCents: 4_900,
  });
}

/** What arrives this morning: partial ones that ask, full ones that dispute by themselves, one that finds no order. */
async function refunds(player: Player): Promise<void> {
  await player.at(1.5 * HOUR);
  const partial = [
    ['re_3RNqK2Lz8vPd', 'order_84942', 2_000],
    ['re_3RNtX1Lz8vQa', 'order_86432', 4_000],
    ['re_3RNv04Lz8vTe', 'order_90355', 7_900],
    ['re_3RNwZ2Lz8vMd', 'order_96959', 1_200],
  ] as const;
  for (const [refundId, externalId, amountCents] of partial)
    await player.refund({ refundId, externalId, kind: 'refund', full: false, amountCents });
  await player.refund({
    refundId: 're_3RNx18Lz8vKf',
    externalId: 'order_98540',
    kind: 'refund',
    full: true,
    amountCents: 4_900,
  });
  await player.refund({
    refundId: 'dp_1RNuB9Lz8vWc',
    externalId: 'order_87894',
    kind: 'chargeback',
    amountCents: 4_900,
  });
  await player.refund({ refundId: 'adj_01jv2qk7', paymentId: 'txn_01jv1m2x8k', kind: 'refund', full: true });
  await player.refund({
    refundId: 're_3RPw21Lz8vFe',
    externalId: 'order_283980',
    kind: 'refund',
    full: true,
  });
}
