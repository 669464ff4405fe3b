import type { Advertiser, Campaign, Enrollment, PracticeRegatta } from './regatta/index.ts';

/** What the default seed made, by the names that demos and tests use. */
export type RegattaSeed = {
  advertiser: Advertiser;
  /** The advertiser's API key, for REGATTA_API_KEY. */
  apiKey: string;
  campaigns: {
    springStarter: Campaign;
    annualPlan: Campaign;
    giftCardPush: Campaign;
    refillClub: Campaign;
    /** A draft whose tracking is not confirmed: the wizard's. */
    autumnRefill: Campaign;
  };
  /** Every affiliate enrollment, in the campaigns' order. */
  enrollments: Enrollment[];
};

const AFFILIATES = [
  'Marta Reads Labels',
  'The Quiet Kitchen',
  'Northbound Newsletter',
  'Half-Price Harbour',
  'Tomás Cocina Lento',
  'Plain Good Things',
  'Slow Sunday Post',
  'Refill Revolution',
  'Desk & Ladle',
  'Ines Compares',
  'Two Pans Podcast',
  'Grannie Oak',
] as const;

type CampaignKey = keyof RegattaSeed['campaigns'];

/** Which campaigns each affiliate is enrolled in: two each, so that every running campaign has several. */
const RUNNING: readonly CampaignKey[] = ['springStarter', 'annualPlan', 'giftCardPush', 'refillClub'];

/**
 * Fills an empty practice network with the default story: one advertiser with a funded wallet and a key, five
 * campaigns, a dozen affiliates with codes. Ids, codes and the key follow from the network's seed alone.
 */
export function seedRegatta(
  regatta: PracticeRegatta,
  options: { landingUrl?: string; availableCents?: number } = {},
): RegattaSeed {
  const { landingUrl = 'https://shop.example/', availableCents = 50_000_00 } = options;
  const advertiser = regatta.createAdvertiser({ name: 'Fernhill Supply', availableCents });
  const { key: apiKey } = regatta.createKey({ advertiserId: advertiser.id });
  const campaigns = createCampaigns(regatta, landingUrl);
  const enrollments = AFFILIATES.flatMap((affiliateName, index) =>
    enroll(regatta, campaigns, affiliateName, index),
  );
  return { advertiser, apiKey, campaigns, enrollments };
}

function createCampaigns(regatta: PracticeRegatta, landingUrl: string): RegattaSeed['campaigns'] {
  const running = { status: 'ACTIVE', landingUrl, currency: 'USD', budgetCents: 25_000_00 } as const;
  return {
    springStarter: regatta.createCampaign({
      ...running,
      name: 'Spring Starter',
      compensationModel: 'CPA',
      payoutPerUnitCents: 10_00,
      holdingPeriodDays: 30,
    }),
    annualPlan: regatta.createCampaign({
      ...running,
      name: 'Annual Plan 20 %',
      compensationModel: 'REV_SHARE',
      payoutPercentage: 20,
      holdingPeriodDays: 30,
    }),
    giftCardPush: regatta.createCampaign({
      ...running,
      name: 'Gift Card Push',
      compensationModel: 'CPA',
      payoutPerUnitCents: 6_00,
      holdingPeriodDays: 14,
    }),
    refillClub: regatta.createCampaign({
      ...running,
      name: 'Refill Club',
      compensationModel: 'CPL',
      payoutPerUnitCents: 2_50,
      holdingPeriodDays: 0,
    }),
    autumnRefill: regatta.createCampaign({
      ...running,
      status: 'DRAFT',
      name: 'Autumn Refill',
      compensationModel: 'CPA',
      payoutPerUnitCents: 10_00,
      holdingPeriodDays: 30,
    }),
  };
}

function enroll(
  regatta: PracticeRegatta,
  campaigns: RegattaSeed['campaigns'],
  affiliateName: string,
  index: number,
): Enrollment[] {
  const joined = [RUNNING[index % RUNNING.length], RUNNING[(index + 1) % RUNNING.length]];
  let affiliateId: string | undefined;
  return joined.flatMap((key) => {
    if (!key) return [];
    const enrollment = regatta.createEnrollment({
      campaignId: campaigns[key].id,
      affiliateId,
      affiliateName,
    });
    affiliateId = enrollment.affiliateId;
    return [enrollment];
  });
}
