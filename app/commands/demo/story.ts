import { seededRandom } from '#app/practice/random.ts';
import { type Cast, createCast } from './cast.ts';
import { ordersOfFinance } from './finance.ts';
import { createPlayer, type Player, type StoryParts } from './player.ts';
import { playToday } from './today.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Plays a month: ordinary days first, with the clocks of Leadline and of the practice network turned back; then the
 * last day hour by hour with its troubles. Ends with both clocks at real time. Everything goes over HTTP.
 */
export async function playStory(
  parts: StoryParts,
): Promise<{ conversions: number; captures: number; refunds: number; ms: number }> {
  const started = performance.now();
  const player = createPlayer(parts);
  const cast = createCast(parts.seed, seededRandom(7));
  const { springStarter, annualPlan, giftCardPush, refillClub, autumnRefill } = parts.seed.campaigns;

  await player.at(34 * DAY);
  const imported: string[] = [];
  for (const campaign of [springStarter, annualPlan, giftCardPush, refillClub]) {
    const { data } = await player.post('/api/v1/campaigns', { networkCampaignId: campaign.id });
    imported.push(String(data.id));
  }
  await playTests(player, cast, parts);
  await playOldOrders(player, cast, parts);
  for (let day = 29; day > 7; day--) await playOldDay(player, cast, day);
  for (let day = 7; day >= 1; day--) await playDay(parts, player, cast, day);
  parts.regatta.setFaults([]);
  await ordersOfFinance(player, cast, parts);
  await playToday(parts, player, cast);

  // a campaign waits for the wizard
  await player.post('/api/v1/campaigns', { networkCampaignId: autumnRefill.id });
  await player.at(0);
  for (const id of imported) await player.post(`/api/v1/campaigns/${id}/sync`, {});
  return { ...player.counts, ms: Math.round(performance.now() - started) };
}

/** How tracking was proven before the first real order: with each campaign's own code (RG-46). */
async function playTests(player: Player, cast: Cast, { seed }: StoryParts): Promise<void> {
  const { springStarter, annualPlan, giftCardPush, refillClub } = seed.campaigns;
  const tests = [springStarter, annualPlan, giftCardPush, refillClub].map((campaign, i) =>
    cast.order(`order_7900${i + 1}`, campaign, 4_900, campaign.testTrackingCode),
  );
  await player.captures(cast.capturesOf(tests));
  await player.records(cast.recordsOf(tests));
  await player.conversions(tests);
}

/** Orders whose payout was released already, and some whose deadlines lie minutes, hours and days ahead. */
async function playOldOrders(player: Player, cast: Cast, { seed }: StoryParts): Promise<void> {
  const { springStarter, annualPlan, refillClub } = seed.campaigns;
  // its refund will come when the payout is already released
  await player.at(33 * DAY);
  await player.conversions([
    cast.order('order_80564', springStarter, 4_900),
    cast.order('order_80602', refillClub),
  ]);
  // this one's hold ended yesterday, while its refund waited for a person
  await player.at(30 * DAY + 26 * HOUR);
  await player.conversions([cast.order('order_80588', annualPlan, 12_400)]);

  const soon = [
    ['order_84942', 0.7],
    ['order_86432', 6.3],
    ['order_87894', 11.9],
    ['order_90355', 21.1],
    ['order_93508', 33],
    ['order_96959', 46],
    ['order_98540', 52],
    ['order_102773', 68],
  ] as const;
  for (const [externalId, hoursLeft] of soon) {
    await player.at(30 * DAY - hoursLeft * HOUR);
    const campaign =
      externalId === 'order_90355' || externalId === 'order_86432' ? annualPlan : springStarter;
    await player.conversions([cast.order(externalId, campaign, campaign === annualPlan ? 19_800 : 4_900)]);
  }
}

/** A day more than a week ago, in one go. */
async function playOldDay(player: Player, cast: Cast, day: number): Promise<void> {
  await player.at(day * DAY + 9 * HOUR);
  const orders = cast.ordinaryHours(11 + ((day * 5) % 9));
  await player.captures(cast.capturesOf(orders.slice(0, 4)));
  await player.conversions(orders);
  if (day === 18) await player.refund({ refundId: 're_3Qa71Kz', order: cast.someOrder() });
  if (day === 9) await player.refund({ refundId: 'du_1NzH3L', order: cast.someOrder(), chargeback: true });
}

/** Orders of six hours, from the night's to the evening's. */
const QUARTERS = [
  [43, 30],
  [37, 38],
  [31, 26],
  [25, 12],
] as const;

/** A day of the last week. Now and then the network does the work and breaks off: the repeat is a duplicate. */
async function playDay(parts: StoryParts, player: Player, cast: Cast, day: number): Promise<void> {
  for (const [hours, count] of QUARTERS) {
    const ago = (day - 1) * DAY + hours * HOUR;
    const trouble = day % 2 === 0 && hours === 37;
    await player.at(ago);
    parts.regatta.setFaults(
      trouble ? [{ kind: 'reset_after_work', route: 'postback', probability: 0.4, remaining: 4 }] : [],
    );
    const orders = cast.ordinaryHours(count + ((day * 7 + hours) % 9));
    await player.captures(cast.capturesOf(orders.slice(0, 6)));
    await player.conversions(orders);
    if (!trouble) continue;
    await player.at(ago - 3_000);
    await player.settle();
  }
  // a partial refund asks a person; nobody decides before its hold ends
  if (day === 3)
    await player.refund({ refundId: 're_3RMissed588', order: 'order_80588', amountCents: 6_000 });
  if (day === 4) await player.refund({ refundId: 're_3RMa4NoHold', order: 'order_80602' });
  if (day === 5) await player.refund({ refundId: 're_3RMd0Late', order: cast.someOrder() });
}
