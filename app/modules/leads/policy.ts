import type { HoldState, LeadFlag } from './schema.ts';

const DAY_MS = 86_400_000;

/** The hold of a new lead (RG-33, RG-34): state and worst-case deadline. Zero days: none. */
export function holdOf(
  heldSince: Date,
  holdingPeriodDays: number,
  now: Date,
): { holdState: HoldState; disputeBy: Date | null; releasedAt: Date | null } {
  if (holdingPeriodDays <= 0) return { holdState: 'none', disputeBy: null, releasedAt: heldSince };
  const disputeBy = new Date(heldSince.getTime() + holdingPeriodDays * DAY_MS);
  if (disputeBy <= now) return { holdState: 'released', disputeBy, releasedAt: disputeBy };
  return { holdState: 'pending_release', disputeBy, releasedAt: null };
}

/**
 * The days that stand in while a campaign's own are not known (RG-33; issue 4, point 6): the shortest known of its
 * account, or the connector's default where that is shorter. A deadline taken too early costs nothing.
 */
export function assumedDays(connectorDefault: number, shortestKnown: number | null): number {
  return shortestKnown === null ? connectorDefault : Math.min(connectorDefault, shortestKnown);
}

export interface DisputableLead {
  holdState: string;
  disputeBy: Date | null;
  disputeMessageId: string | null;
  /** The dispute of it that waits for another person. */
  approvalId?: string | null;
}

/** Why a lead cannot be disputed, in words for the button and for the API; null when it can (RG-34, RG-38). */
export function disputeRefusal(lead: DisputableLead, now: Date): string | null {
  if (lead.holdState === 'none')
    return 'This campaign has a holding period of zero days: the payout was released at once and cannot be taken back.';
  if (lead.holdState === 'disputed') return 'This lead is already disputed.';
  if (lead.disputeMessageId) return 'A dispute of this lead is already on its way.';
  if (lead.holdState === 'released' || (lead.disputeBy && lead.disputeBy <= now)) {
    return `The holding period ended on ${lead.disputeBy?.toISOString().slice(0, 16).replace('T', ' ')} UTC: the payout is released and can no longer be disputed.`;
  }
  if (lead.approvalId) return "A dispute of this lead waits for another person's approval.";
  return null;
}

/** What an answer says that was not expected (RG-21, RG-22). One minor unit of rounding is not a difference. */
export function flagsOf(
  sent: { ref: string; expectedCents: number | null },
  said: { trackingCode: string | null; payoutCents: number | null },
): LeadFlag[] {
  const flags: LeadFlag[] = [];
  if (said.trackingCode !== null && said.trackingCode !== sent.ref) {
    flags.push({
      code: 'TRACKING_CODE_DIFFERS',
      message: `The network answered with the tracking code ${said.trackingCode}; ${sent.ref} was sent.`,
    });
  }
  if (
    sent.expectedCents !== null &&
    said.payoutCents !== null &&
    Math.abs(sent.expectedCents - said.payoutCents) > 1
  ) {
    flags.push({
      code: 'PAYOUT_DIFFERS',
      message: `The network pays ${said.payoutCents} minor units; by the campaign's terms ${sent.expectedCents} were expected.`,
    });
  }
  return flags;
}
