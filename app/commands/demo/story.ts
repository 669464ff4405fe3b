import { seededRandom } from '#app/practice/random.ts';
import { createCast } from './cast.ts';
import { createPlayer, type StoryParts } from './player.ts';
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
  const random = seededRandom(7);
  const player = createPlayer(parts);
  const cast = createCast(parts.seed, random);
  const { springStarter, annualPlan, giftCardPush, autumnRefill } = parts.seed.campaigns;

  await player.at(33 * DAY);
  for (const campaign of [springStarter, annualPlan, giftCardPush, parts.seed.campaigns.refillClub]) {
    await player.post('/api/v1/campaigns', { networkCampaignId: campaign.id });
  }
  // its refund will come when the payout is already released
  await player.conversions([cast.order('order_80564', springStarter, 4_900)]);

  // this one's hold ended yesterday, while its refund waited for a person
  await player.at(30 * DAY + 26 * HOUR);
  await player.conversions([cast.order('order_80588', annualPlan, 12_400)]);

  // orders whose hold ends soon: the clock is turned so that their deadlines lie minutes, hours and days ahead
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

  for (let day = 26; day >= 2; day--) {
    for (const hour of day > 7 ? [13] : [20, 14, 8, 2]) {
      await player.at(day * DAY + hour * HOUR);
      // now and then the network has a bad hour: it does the work and breaks off, so a repeat is a duplicate
      const trouble = day % 5 === 2 && hour === 14;
      parts.regatta.setFaults(
        trouble ? [{ kind: 'reset_after_work', route: 'postback', probability: 0.3, remaining: 4 }] : [],
      );
      const orders = cast.ordinaryHours(day > 7 ? 22 : 12);
      await player.captures(cast.capturesOf(orders));
      await player.conversions(orders);
    }
    if (day === 18)
      await player.refund({
        refundId: 're_3Qa71Kz',
        externalId: cast.someOrder(),
        kind: 'refund',
        full: true,
      });
    if (day === 9)
      await player.refund({
        refundId: 'dp_1NzH3L',
        externalId: cast.someOrder(),
        kind: 'chargeback',
        note: 'Stripe dispute, reason: fraudulent',
      });
    // a partial refund asks a person; nobody decides before its hold ends a day later
    if (day === 3)
      await player.refund({
        refundId: 're_3RMissed588',
        externalId: 'order_80588',
        kind: 'refund',
        full: false,
        amountCents: 6_000,
      });
    if (day === 5)
      await player.refund({
        refundId: 're_3RMd0Late',
        externalId: cast.someOrder(),
        kind: 'refund',
        full: true,
      });
  }
  parts.regatta.setFaults([]);
  await playToday(parts, player, cast);

  // a campaign waits for the wizard
  await player.post('/api/v1/campaigns', { networkCampaignId: autumnRefill.id });
  await player.at(0);
  return { ...player.counts, ms: Math.round(performance.now() - started) };
}
