import { setTimeout as sleep } from 'node:timers/promises';
import type { Cast } from './cast.ts';
import type { ConsoleSession } from './console.ts';
import type { Player, StoryParts } from './player.ts';
import { reconcileBilling } from './reconcile.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sold yesterday; part of each comes back today. The last one is worth a second pair of eyes. */
const RETURNED = [
  ['order_283601', 4_900, 're_3RNa81Lz8vBa', 1_500],
  ['order_283614', 6_900, 're_3RNbT4Lz8vCe', 2_400],
  ['order_283622', 9_900, 're_3RNcQ9Lz8vDi', 3_900],
  ['order_283630', 49_500, 're_3RNdH2Lz8vEo', 19_800],
] as const;
/** Waits for a person since this morning, with a day left. */
const TO_APPROVE = 'order_90355';

const TEMPLATES = [
  [
    'Returned goods',
    'refund',
    'Order {externalId}: goods returned, {amount} {currency} given back on {date}. Refund {refundId}.',
  ],
  [
    'Chargeback',
    'chargeback',
    'Order {externalId}: the bank took {amount} {currency} back on {date} ({provider}). Dispute {refundId}.',
  ],
  ['Any refund', 'any', 'Order {externalId}: {kind} {refundId} of {amount} {currency}, processed {date}.'],
] as const;

/** The orders that finance has work with tomorrow. */
export async function ordersOfFinance(player: Player, cast: Cast, { seed }: StoryParts): Promise<void> {
  await player.at(24.8 * HOUR);
  const { springStarter, annualPlan } = seed.campaigns;
  // all by one affiliate's link: the refund rate has an outlier
  const orders = RETURNED.map(([id, cents]) => {
    const campaign = cents > 20_000 ? annualPlan : springStarter;
    return cast.order(id, campaign, cents, cast.codeOf(campaign));
  });
  await player.captures(cast.capturesOf(orders));
  await player.conversions(orders);
}

/** What the finance people did this morning, in the console: templates, four eyes, a batch, approvals, reports. */
export async function playFinance(parts: StoryParts, player: Player, cast: Cast): Promise<void> {
  await player.at(1.15 * HOUR);
  for (const [order, , refundId, amountCents] of RETURNED)
    await player.refund({ refundId, order, amountCents });
  const [owner, finance] = [await parts.signIn('maya'), await parts.signIn('jonas')];
  for (const [name, kind, text] of TEMPLATES)
    await owner.form('/settings/templates/new', { name, kind, text });
  await disputeInBulk(player, finance);
  await approvals(player, owner, finance);
  await otherPayouts(parts, player, cast);
  await player.at(48 * MINUTE);
  await scheduleExport(owner);
  await reconcileBilling(player, finance);
}

/** Jonas disputes the small ones together; the undo time passes, and they leave. */
async function disputeInBulk(player: Player, finance: ConsoleSession): Promise<void> {
  await player.at(66 * MINUTE);
  const refunds = await player.list('/api/v1/refunds?limit=50');
  const ids = RETURNED.slice(0, 3).map(
    ([, , refundId]) => refunds.find((refund) => refund.refundId === refundId)?.id as string,
  );
  const { json } = await finance.form('/batches/start', {
    of: 'refunds',
    ids: ids.join(' '),
    text: TEMPLATES[0][2],
    name: 'Returns of yesterday',
  });
  await player.at(65 * MINUTE);
  for (let i = 0; i < 200; i++) {
    const batches = await player.list('/api/v1/disputes/batches');
    if (batches.some(({ id, state }) => id === json.batchId && state === 'done')) break;
    await sleep(25);
  }
  await player.settle();
}

/** Above $25.00 somebody else must agree: Maya agreed to one, and has not seen the other yet. */
async function approvals(player: Player, owner: ConsoleSession, finance: ConsoleSession): Promise<void> {
  await player.at(60 * MINUTE);
  await owner.form('/settings/refunds/four-eyes', { enabled: 'on', currency: 'USD', amount: '25.00' });
  const [order, , refundId] = RETURNED[3];
  const ask = async (order: string, reason: string): Promise<string> => {
    const lead = (await player.list(`/api/v1/leads?limit=50&q=${order}`)).find(
      ({ externalId }) => externalId === order,
    );
    const { json } = await finance.form(`/leads/${String(lead?.id)}/act`, { intent: 'dispute', reason });
    return String(json.approvalId);
  };
  const agreed = await ask(
    order,
    `Order ${order}: the buyer went down to a smaller plan. Refund ${refundId}.`,
  );
  await player.at(54 * MINUTE);
  await owner.form(`/approvals/${agreed}/act`, { intent: 'approve', note: 'Seen in Stripe.' });
  await player.settle();
  await player.at(52 * MINUTE);
  await ask(TO_APPROVE, `Order ${TO_APPROVE}: two of five seats given back. Refund re_3RNv04Lz8vTe.`);
}

/** For some minutes the network pays by other terms than Leadline has fetched: once a hundredth, twice more (RG-22). */
async function otherPayouts({ regatta, seed }: StoryParts, player: Player, cast: Cast): Promise<void> {
  await player.at(50 * MINUTE);
  const { id, payoutPerUnitCents } = seed.campaigns.springStarter;
  for (const [order, cents] of [
    ['order_284021', 10],
    ['order_284027', 12_00],
    ['order_284033', 12_00],
  ] as const) {
    regatta.patchCampaign(id, { payoutPerUnitCents: cents });
    await player.conversions([cast.order(order, seed.campaigns.springStarter, 4_900)]);
  }
  regatta.patchCampaign(id, { payoutPerUnitCents });
}

/** A list that goes out on Mondays; paused, for there is no mail server here. */
async function scheduleExport(owner: ConsoleSession): Promise<void> {
  const channel = await owner.form('/settings/alerts/channels/new?kind=email', {
    name: 'Finance',
    addresses: 'finance@fernhill.example',
  });
  const channelId = new URL(channel.to, 'http://demo').searchParams.get('saved') ?? '';
  const { to } = await owner.form('/settings/exports/new', {
    name: 'Losses of the week',
    list: 'losses',
    query: '',
    channelId,
    every: 'week',
    weekday: '1',
    hour: '8',
    zone: 'Europe/Berlin',
  });
  await owner.form('/settings/exports', { intent: 'pause', id: to.split('/').at(-1) ?? '' });
}
