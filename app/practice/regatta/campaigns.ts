import { refuse, refuseByService, succeed } from './answers.ts';
import { authenticate } from './auth.ts';
import type { Advertiser, Answer, Call, Campaign } from './types.ts';
import type { World } from './world.ts';

type Owned = { ok: true; campaign: Campaign; advertiser: Advertiser } | { ok: false; answer: Answer };

function findOwned(world: World, call: Call): Owned {
  const caller = authenticate(world.state, call.authorization);
  if (!caller.ok) return caller;
  const campaign = world.state.campaigns.get(call.id);
  if (!campaign) return { ok: false, answer: refuse(404, 'NOT_FOUND', 'Campaign not found') };
  if (campaign.advertiserId !== caller.advertiser.id) {
    return { ok: false, answer: refuse(403, 'FORBIDDEN', 'This campaign belongs to another advertiser') };
  }
  return { ok: true, campaign, advertiser: caller.advertiser };
}

/** GET /campaigns/:id with the owner's key: the campaign and its testTrackingCode (RG-44). */
export function readCampaign(world: World, call: Call): Answer {
  const found = findOwned(world, call);
  if (!found.ok) return found.answer;
  const campaign = showCampaign(found.campaign);
  return succeed(200, world.campaignAt === 'data' ? campaign : { campaign }, 'read');
}

/**
 * POST /campaigns/:id/activate: needs confirmed tracking and a wallet balance above zero; escrow need not be
 * funded (RG-47, RG-48). The words about the wallet are the guide's, those about tracking are ours. The guide
 * is silent on activating twice: 200, and nothing changes.
 */
export function activateCampaign(world: World, call: Call): Answer {
  const found = findOwned(world, call);
  if (!found.ok) return found.answer;
  const { campaign, advertiser } = found;
  if (campaign.trackingConfirmedAt === null) {
    return refuseByService(
      'Tracking is not confirmed: fire a test postback with the testTrackingCode before activating this campaign',
    );
  }
  if (advertiser.availableCents <= 0)
    return refuseByService('Fund your wallet before activating this campaign');
  if (campaign.status !== 'ACTIVE') {
    campaign.status = 'ACTIVE';
    campaign.updatedAt = world.clock.now();
  }
  const updatedAt = new Date(campaign.updatedAt).toISOString();
  return succeed(200, { id: campaign.id, status: campaign.status, updatedAt }, 'activated');
}

function showCampaign(campaign: Campaign): unknown {
  const payout =
    campaign.compensationModel === 'REV_SHARE'
      ? { payoutPercentage: campaign.payoutPercentage }
      : { payoutPerUnitCents: campaign.payoutPerUnitCents };
  return {
    id: campaign.id,
    name: campaign.name,
    status: campaign.status,
    compensationModel: campaign.compensationModel,
    ...payout,
    currency: campaign.currency,
    holdingPeriodDays: campaign.holdingPeriodDays,
    budgetCents: campaign.budgetCents,
    testTrackingCode: campaign.testTrackingCode,
    trackingConfirmedAt:
      campaign.trackingConfirmedAt === null ? null : new Date(campaign.trackingConfirmedAt).toISOString(),
    landingUrl: campaign.landingUrl,
  };
}
