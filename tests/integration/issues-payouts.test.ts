import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectPayouts } from '#app/modules/triage/index.server.ts';
import { type IssueKit, makeIssueKit } from '../setup/issue-kit.ts';

let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

describe('expected payouts', () => {
  test('RG-22 by the terms of the campaign that was given, and null where they are not known', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n });
    await t.campaign('c-share', { payoutPercentage: 12.5, currency: 'EUR' });
    const rows = [
      await t.postback({ campaign: 'c-cpa' }),
      await t.postback({ campaign: 'c-share', revenueCents: 9900 }),
      await t.postback({ campaign: 'c-share' }),
      await t.postback({ campaign: 'c-nowhere', revenueCents: 100, currency: 'USD' }),
      await t.postback({ ref: 'NeverSeen' }),
    ];
    const found = await expectPayouts(t.ctx.store, t.deps, rows);
    expect(rows.map(({ messageId }) => found.get(messageId))).toEqual([
      { networkCampaignId: 'c-cpa', expectedCents: 4000, expectedCurrency: 'USD' },
      { networkCampaignId: 'c-share', expectedCents: 1238, expectedCurrency: 'EUR' },
      { networkCampaignId: 'c-share', expectedCents: null, expectedCurrency: null },
      { networkCampaignId: 'c-nowhere', expectedCents: null, expectedCurrency: null },
      { networkCampaignId: null, expectedCents: null, expectedCurrency: null },
    ]);
  });

  test('RG-14 the campaign is told by another conversion of the same code, of the same account, in the same case', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n });
    await t.postback({ ref: 'Code1234', campaign: 'c-cpa', status: 'delivered', errorCode: null });
    const rows = [
      await t.postback({ ref: 'Code1234' }),
      await t.postback({ ref: 'code1234' }),
      { ...(await t.postback({ ref: 'Code1234' })), accountId: 'acc_other' },
    ];
    const other = {
      ...t.deps,
      connectorIn: (conn: typeof t.ctx.store) => t.deps.connectorIn(conn, t.accountId),
    };
    const found = await expectPayouts(t.ctx.store, other as typeof t.deps, rows);
    expect(rows.map(({ messageId }) => found.get(messageId)?.networkCampaignId)).toEqual([
      'c-cpa',
      null,
      null,
    ]);
    expect(found.get(rows[0]?.messageId ?? '')?.expectedCents).toBe(4000);
  });

  test('RG-14 a code whose newest conversions all fail is still known by its first ones', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n });
    await t.postback({ ref: 'Code1234', campaign: 'c-cpa', status: 'delivered', errorCode: null });
    for (let i = 0; i < 12; i++) await t.postback({ ref: 'Code1234' });
    const row = await t.postback({ ref: 'Code1234', revenueCents: 100, currency: 'USD' });
    expect((await expectPayouts(t.ctx.store, t.deps, [row])).get(row.messageId)).toEqual({
      networkCampaignId: 'c-cpa',
      expectedCents: 4000,
      expectedCurrency: 'USD',
    });
  });

  test('RG-19 a test code belongs to its campaign and pays nobody', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n, testTrackingCode: '7xKpQm2N' });
    const row = await t.postback({ ref: '7xKpQm2N' });
    expect((await expectPayouts(t.ctx.store, t.deps, [row])).get(row.messageId)).toEqual({
      networkCampaignId: 'c-cpa',
      expectedCents: 0,
      expectedCurrency: 'USD',
    });
  });
});
