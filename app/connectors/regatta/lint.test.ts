import { describe, expect, test } from 'vitest';
import type { NetworkCampaign, PostbackInput } from '../types.ts';
import { lintPostback } from './lint.ts';
import { expectedPayoutCents } from './payout.ts';
import { input } from './samples.ts';

const campaign: NetworkCampaign = {
  networkCampaignId: 'camp-uuid',
  name: null,
  status: 'ACTIVE',
  compensationModel: 'CPA',
  payoutPerUnitCents: 1000,
  payoutPercentage: null,
  currency: 'USD',
  holdingPeriodDays: 30,
  budgetCents: null,
  spentCents: null,
  testTrackingCode: null,
  trackingConfirmedAt: null,
  landingUrl: null,
};
const fields = (
  change: Partial<PostbackInput>,
  terms: Partial<NetworkCampaign> = {},
  usual: number | null = null,
) => lintPostback({ ...input, ...change }, { ...campaign, ...terms }, usual).map(({ field }) => field);

describe('warnings', () => {
  test('the example of the guide has none', () => {
    expect(lintPostback(input, campaign, 9900)).toEqual([]);
    expect(lintPostback(input, null, null)).toEqual([]);
  });

  test.each([
    [99, 9900, ['revenueCents']],
    [149, 9900, ['revenueCents']],
    [1, 9900, ['revenueCents']],
    [990, 9900, []],
    [4900, 9900, []],
    [0, 9900, []],
    [99, null, []],
    [9900, 99, []],
  ])('RG-11 revenue %d where %s is usual warns for %j', (revenueCents, usual, expected) => {
    expect(fields({ revenueCents }, {}, usual)).toEqual(expected);
  });

  test('RG-11 RG-46 REV_SHARE without revenue, and only there', () => {
    expect(fields({ revenueCents: null }, { compensationModel: 'REV_SHARE' })).toEqual(['revenueCents']);
    expect(fields({ revenueCents: null }, { compensationModel: 'CPA' })).toEqual([]);
    expect(fields({ revenueCents: 0 }, { compensationModel: 'REV_SHARE' })).toEqual([]);
  });

  test('RG-11 another currency than the campaign, which the postback cannot say', () => {
    expect(fields({ currency: 'JPY' })).toEqual(['revenueCents']);
    expect(fields({ currency: 'JPY' }, { currency: null })).toEqual([]);
    expect(fields({ currency: 'JPY', revenueCents: null })).toEqual([]);
  });

  test('RG-12 metadata over 10 KB, counted in bytes', () => {
    const sized = (bytes: number) => `{"n":"${'é'.repeat((bytes - 8) / 2)}"}`;
    expect(fields({ metadata: sized(10_240) })).toEqual([]);
    expect(fields({ metadata: sized(10_242) })).toEqual(['metadata']);
  });

  test.each([' abc', 'abc\n', '\u00a0abc'])('RG-06 RG-29 ref %j has whitespace around it', (ref) => {
    expect(fields({ ref })).toEqual(['ref']);
  });

  test('RG-01 RG-10 lengths', () => {
    expect(fields({ ref: 'r'.repeat(64), externalId: 'e'.repeat(255) })).toEqual([]);
    expect(fields({ ref: 'r'.repeat(65), externalId: 'e'.repeat(256) })).toEqual(['ref', 'externalId']);
  });
});

describe('expected payout', () => {
  const share = (revenueCents: number | null, payoutPercentage: number | null) =>
    expectedPayoutCents(revenueCents, {
      compensationModel: 'REV_SHARE',
      payoutPercentage,
      payoutPerUnitCents: 77,
    });

  test.each([
    [9900, 20, 1980],
    [9999, 12.5, 1250],
    [1, 50, 1],
    [1, 49.9, 0],
    [1000, 0.1, 1],
    [115, 10, 12],
    [10_050, 1.15, 116],
    [0, 20, 0],
    [9900, 0, 0],
    [Number.MAX_SAFE_INTEGER, 100, Number.MAX_SAFE_INTEGER],
  ])('RG-22 %d cents at %d percent pay %d', (revenue, percentage, payout) => {
    expect(share(revenue, percentage)).toBe(payout);
  });

  test.each([
    [null, 20],
    [9900, null],
    [9900.5, 20],
    [-1, 20],
    [9900, 1e-9],
    [9900, Number.NaN],
    [Number.MAX_SAFE_INTEGER, 300],
  ])('RG-22 %s cents at %s percent cannot be known', (revenue, percentage) => {
    expect(share(revenue, percentage)).toBeNull();
  });

  test.each(['CPL', 'CPA', 'CPC'])('RG-22 %s pays per unit, whatever the revenue', (compensationModel) => {
    const terms = { compensationModel, payoutPercentage: 20, payoutPerUnitCents: 1000 };
    expect(expectedPayoutCents(null, terms)).toBe(1000);
    expect(expectedPayoutCents(9900, { ...terms, payoutPerUnitCents: null })).toBeNull();
  });

  test.each(['CPM', null])('RG-22 the model %s is not guessed', (compensationModel) => {
    expect(
      expectedPayoutCents(1, { compensationModel, payoutPercentage: 20, payoutPerUnitCents: 1 }),
    ).toBeNull();
  });
});
