import { expect, test } from 'vitest';
import {
  getRefund,
  listLosses,
  listPolicies,
  readLossesByMonth,
  refundTotal,
  savePolicy,
} from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';

test('RG-42 campaigns with rules of their own are told by name; the rules of a refund are those of its campaign', async () => {
  const kit = await startRefundKit();
  const { id: accountId } = await kit.prisma.networkAccount.findFirstOrThrow();
  const networkCampaignId = kit.seed.campaigns.springStarter.id;
  expect(await listPolicies(kit.ctx, { accountId })).toEqual({ items: [], more: false });
  const order = await kit.lead();
  await kit.campaignsKnown();
  for (const campaign of ['', networkCampaignId, 'cmp_gone'])
    await savePolicy(kit.ctx, { accountId, networkCampaignId: campaign, rules: DEFAULT_RULES, actor: maya });
  const { items } = await listPolicies(kit.ctx, { accountId });
  expect(new Map(items.map((item) => [item.networkCampaignId, item.campaignName]))).toEqual(
    new Map([
      [networkCampaignId, 'Spring Starter'],
      ['cmp_gone', null],
    ]),
  );
  expect(await listPolicies(kit.ctx, { accountId, limit: 1 })).toMatchObject({ more: true });
  const refund = await kit.refund({ externalId: order.externalId, full: false, amountCents: 100 });
  expect(await getRefund(kit.ctx, refund.id)).toMatchObject({
    matchedBy: 'order',
    matchDoubt: null,
    copies: [],
    rulesOf: { accountId, networkCampaignId },
  });
});

test('RG-38 losses by month count what the list of the month shows', async () => {
  const kit = await startRefundKit();
  const { lead, externalId } = await kit.lead();
  kit.clock.setOffset(40 * DAY_MS);
  await kit.leadline.runtime.clockwork?.tick();
  await kit.refund({ externalId, full: true });
  const months = await readLossesByMonth(kit.ctx, { zone: 'Europe/Berlin' });
  const lost = months.filter((month) => month.count > 0);
  expect(months).toHaveLength(12);
  expect(lost).toMatchObject([{ count: 1, sums: [{ currency: 'USD', minor: 1000 }] }]);
  const month = (key: string) => ({ key, zone: 'Europe/Berlin' });
  const shown = await listLosses(kit.ctx, { limit: 10, month: month(lost[0]?.key ?? '') });
  expect(shown.items.map((loss) => loss.leadId)).toEqual([lead.id]);
  for (const other of [months[0]?.key ?? '', '1999-01'])
    expect((await listLosses(kit.ctx, { limit: 10, month: month(other) })).items).toEqual([]);
  expect(
    (await readLossesByMonth(kit.ctx, { zone: 'UTC', cause: 'dispute_refused' })).every(
      (one) => one.count === 0,
    ),
  ).toBe(true);
});

test('issue 4.5 what the refunds to review are about counts a lead once, however many refunds it has', async () => {
  const kit = await startRefundKit();
  const [first, second] = [await kit.lead(), await kit.lead()];
  for (const externalId of [first.externalId, first.externalId, second.externalId])
    await kit.refund({ externalId, full: false, amountCents: 100 });
  await kit.refund({ externalId: 'order_of_nobody', full: true });
  expect(await refundTotal(kit.ctx, { disposition: ['needs_review', 'unmatched'] })).toEqual({
    count: 4,
    sums: [{ currency: 'USD', minor: 2000 }],
  });
});
