import type { z } from 'zod';
import { ControlError } from './control-error.ts';
import type { CampaignPatch } from './control-schemas.ts';
import type { Campaign } from './types.ts';

type Fields = z.output<typeof CampaignPatch>;

/**
 * Makes a campaign from control input; `now` in milliseconds since 1970. The default hold is the guide's
 * thirty days. A campaign made ACTIVE counts as confirmed, for the network activates no other.
 */
export function buildCampaign(
  identity: Pick<Campaign, 'id' | 'advertiserId' | 'testTrackingCode'>,
  fields: Fields,
  now: number,
): Campaign {
  const campaign: Campaign = {
    ...identity,
    name: 'Practice campaign',
    status: 'DRAFT',
    compensationModel: 'CPA',
    payoutPerUnitCents: null,
    payoutPercentage: null,
    currency: 'USD',
    holdingPeriodDays: 30,
    budgetCents: 1_000_000,
    spentCents: 0,
    trackingConfirmedAt: null,
    landingUrl: 'https://shop.example/',
    hasEscrowAccount: true,
    createdAt: now,
    updatedAt: now,
  };
  if (fields.status === 'ACTIVE') campaign.trackingConfirmedAt = now;
  return patchCampaign(campaign, fields, now);
}

/** Changes a campaign in place; throws a ControlError (400) when its model and its payout no longer fit. */
export function patchCampaign(campaign: Campaign, fields: Fields, now: number): Campaign {
  const { trackingConfirmedAt, ...plain } = pickFields(fields);
  const changed: Campaign = { ...campaign, ...plain, updatedAt: now };
  if (trackingConfirmedAt !== undefined) {
    changed.trackingConfirmedAt = trackingConfirmedAt === null ? null : Date.parse(trackingConfirmedAt);
  }
  checkPayout(changed);
  return Object.assign(campaign, changed);
}

/** Only what a patch may change and was given: an absent field must not overwrite one with undefined. */
function pickFields(fields: Fields): Fields {
  const given = {
    name: fields.name,
    status: fields.status,
    compensationModel: fields.compensationModel,
    payoutPerUnitCents: fields.payoutPerUnitCents,
    payoutPercentage: fields.payoutPercentage,
    currency: fields.currency,
    holdingPeriodDays: fields.holdingPeriodDays,
    budgetCents: fields.budgetCents,
    spentCents: fields.spentCents,
    trackingConfirmedAt: fields.trackingConfirmedAt,
    landingUrl: fields.landingUrl,
    hasEscrowAccount: fields.hasEscrowAccount,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function checkPayout(campaign: Campaign): void {
  const byShare = campaign.compensationModel === 'REV_SHARE';
  if (byShare && campaign.payoutPercentage === null) {
    throw new ControlError(400, 'payoutPercentage: REV_SHARE campaigns need one');
  }
  if (!byShare && campaign.payoutPerUnitCents === null) {
    throw new ControlError(400, `payoutPerUnitCents: ${campaign.compensationModel} campaigns need one`);
  }
}
