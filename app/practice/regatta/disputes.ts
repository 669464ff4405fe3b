import { z } from 'zod';
import { checkBody, refuse, refuseByService, succeed } from './answers.ts';
import { authenticate } from './auth.ts';
import type { Answer, Call, HoldState, Lead } from './types.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;
const DisputeBody = z.object({ reason: z.string().min(1).max(2000) });

/** When a lead's money is released, in milliseconds since 1970; zero days means at once (RG-34). */
export function releaseTime(lead: Lead): number {
  return lead.acceptedAt + lead.holdingPeriodDays * DAY_MS;
}

/** Where a lead's money stands at a moment (RG-35). */
export function holdState(lead: Lead, now: number): HoldState {
  if (lead.status === 'DISPUTED') return 'REVERSED';
  return now >= releaseTime(lead) ? 'RELEASED' : 'PENDING_RELEASE';
}

/**
 * POST /leads/:id/dispute: guide section "Refunds & disputes" (RG-36 to RG-38). The guide is silent on who
 * may dispute, on unknown leads and on repeats: here only the owner (403), 404 NOT_FOUND, and 200 with the
 * first dispute's data.
 */
export function dispute(world: World, call: Call): Answer {
  const caller = authenticate(world.state, call.authorization);
  if (!caller.ok) return caller.answer;
  const body = checkBody(call, DisputeBody);
  if (!body.ok) return body.answer;
  const lead = world.state.leads.get(call.id);
  if (!lead) return refuse(404, 'NOT_FOUND', 'Lead not found');
  const campaign = world.state.campaigns.get(lead.campaignId);
  if (campaign?.advertiserId !== caller.advertiser.id) {
    return refuse(403, 'FORBIDDEN', "This lead belongs to another advertiser's campaign");
  }
  if (lead.status === 'DISPUTED') return succeed(200, showDispute(lead), 'already_disputed', lead);
  const now = world.clock.now();
  if (holdState(lead, now) === 'RELEASED') {
    // The guide gives no wording for this refusal: these words are ours.
    return refuseByService('Lead has already been released and can no longer be disputed');
  }
  lead.status = 'DISPUTED';
  lead.disputedAt = now;
  lead.disputeReason = body.value.reason;
  // "The funds return to the campaign's escrow account", which draws on the wallet: both get them back.
  campaign.spentCents -= lead.payoutCents;
  caller.advertiser.availableCents += lead.payoutCents;
  return succeed(200, showDispute(lead), 'disputed', lead);
}

function showDispute(lead: Lead): unknown {
  return {
    id: lead.id,
    status: lead.status,
    disputedAt: lead.disputedAt === null ? null : new Date(lead.disputedAt).toISOString(),
    disputeReason: lead.disputeReason,
  };
}
