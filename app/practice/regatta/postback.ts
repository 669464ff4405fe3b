import { z } from 'zod';
import { drawUuid } from '../random.ts';
import { checkBody, refuse, refuseByService, succeed } from './answers.ts';
import { authenticate } from './auth.ts';
import type { Advertiser, Answer, Call, Campaign, Enrollment, Lead } from './types.ts';
import type { World } from './world.ts';

const PostbackBody = z.object({
  rgta_ref: z.string().min(1).max(64),
  externalId: z.string().min(1).max(255),
  eventType: z.enum(['PURCHASE', 'SIGNUP', 'INSTALL', 'SUBSCRIPTION', 'CUSTOM']),
  revenueCents: z.int().nonnegative().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
type Postback = z.infer<typeof PostbackBody>;

/** POST /postback: guide section 2, and section 3 for the test code (RG-08 to RG-20, RG-24 to RG-29). */
export function postback(world: World, call: Call): Answer {
  const caller = authenticate(world.state, call.authorization);
  if (!caller.ok) return caller.answer;
  const body = checkBody(call, PostbackBody);
  if (!body.ok) return body.answer;
  const owner = world.state.findCode(body.value.rgta_ref);
  if (!owner) return refuse(404, 'NOT_FOUND', 'No affiliate enrollment found for this tracking code');
  const { campaign, enrollment } = owner;
  if (campaign.advertiserId !== caller.advertiser.id) {
    return refuse(403, 'FORBIDDEN', "This tracking code belongs to another advertiser's campaign");
  }
  if (!enrollment) return confirmTracking(world, campaign, body.value);
  return acceptConversion(world, caller.advertiser, campaign, enrollment, body.value);
}

/**
 * A postback with the campaign's test code makes no lead and pays nobody; the first one confirms tracking,
 * repeats change nothing (RG-19, RG-46). It works on campaigns that are not active, for it comes before
 * activation. That a REV_SHARE test must carry revenueCents too is inferred from the guide, not said.
 */
function confirmTracking(world: World, campaign: Campaign, body: Postback): Answer {
  if (campaign.compensationModel === 'REV_SHARE' && body.revenueCents === undefined) return revenueMissing();
  if (campaign.trackingConfirmedAt === null) {
    campaign.trackingConfirmedAt = world.clock.now();
    campaign.updatedAt = campaign.trackingConfirmedAt;
  }
  const data = {
    test: true,
    campaignId: campaign.id,
    externalId: body.externalId,
    trackingConfirmedAt: new Date(campaign.trackingConfirmedAt).toISOString(),
    message: 'Test postback received — tracking confirmed. You can now activate this campaign.',
  };
  return succeed(200, data, 'test');
}

/** A known (campaignId, externalId) comes before every other check: it never pays twice nor fails later (RG-14). */
function acceptConversion(
  world: World,
  advertiser: Advertiser,
  campaign: Campaign,
  enrollment: Enrollment,
  body: Postback,
): Answer {
  const existing = world.state.findLead(campaign.id, body.externalId);
  if (existing) return succeed(200, showLead(existing), 'duplicate', existing);
  if (campaign.status !== 'ACTIVE') return refuseByService('Campaign is not active');
  if (!campaign.hasEscrowAccount) return refuseByService('Campaign has no escrow account');
  if (campaign.compensationModel === 'REV_SHARE' && body.revenueCents === undefined) return revenueMissing();
  const payoutCents = payoutOf(campaign, body.revenueCents);
  if (campaign.spentCents + payoutCents > campaign.budgetCents) {
    return refuse(400, 'CAMPAIGN_BUDGET_EXHAUSTED', 'The campaign budget cap has been reached');
  }
  if (payoutCents > advertiser.availableCents) {
    const message = 'The advertiser wallet balance is too low to cover this conversion';
    return refuse(400, 'ADVERTISER_WALLET_INSUFFICIENT_BALANCE', message);
  }
  campaign.spentCents += payoutCents;
  advertiser.availableCents -= payoutCents;
  const lead = newLead(world, campaign, enrollment, body, payoutCents);
  world.state.addLead(lead);
  return succeed(201, showLead(lead), 'lead_created', lead);
}

/**
 * What a conversion pays, in minor units (RG-22). The guide does not say how a fraction of a cent is
 * rounded: half up here, computed in whole hundredths of a percent so that no float drift decides it.
 */
export function payoutOf(campaign: Campaign, revenueCents: number | undefined): number {
  if (campaign.compensationModel !== 'REV_SHARE') return campaign.payoutPerUnitCents ?? 0;
  return Math.round(((revenueCents ?? 0) * Math.round((campaign.payoutPercentage ?? 0) * 100)) / 10_000);
}

function revenueMissing(): Answer {
  return refuseByService('revenueCents is required on postbacks for REV_SHARE campaigns');
}

function newLead(
  world: World,
  campaign: Campaign,
  enrollment: Enrollment,
  body: Postback,
  payoutCents: number,
): Lead {
  return {
    id: drawUuid(world.leadRandom),
    status: 'VERIFIED',
    externalId: body.externalId,
    trackingCode: enrollment.trackingCode,
    eventType: body.eventType,
    revenueCents: body.revenueCents ?? null,
    payoutCents,
    currency: campaign.currency,
    campaignId: campaign.id,
    affiliateId: enrollment.affiliateId,
    holdingPeriodDays: campaign.holdingPeriodDays,
    acceptedAt: world.clock.now(),
    disputedAt: null,
    disputeReason: null,
  };
}

/** The guide's stable fields first, then some of the best-effort ones it warns about (RG-20). */
function showLead(lead: Lead): unknown {
  return {
    id: lead.id,
    status: lead.status,
    externalId: lead.externalId,
    trackingCode: lead.trackingCode,
    payoutCents: lead.payoutCents,
    currency: lead.currency,
    campaignId: lead.campaignId,
    affiliateId: lead.affiliateId,
    eventType: lead.eventType,
    createdAt: new Date(lead.acceptedAt).toISOString(),
    geo: null,
    ip: null,
  };
}
