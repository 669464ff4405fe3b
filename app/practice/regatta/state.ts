import type { Advertiser, ApiKey, Campaign, Enrollment, Lead } from './types.ts';

/** What a tracking code leads to: an affiliate's enrollment, or the campaign whose test code it is. */
export type CodeOwner = { campaign: Campaign; enrollment: Enrollment | null };

/** Everything the practice network knows, in memory. Look-ups are by exact string: codes are opaque. */
export class RegattaState {
  readonly advertisers = new Map<string, Advertiser>();
  readonly keys = new Map<string, ApiKey>();
  readonly campaigns = new Map<string, Campaign>();
  readonly leads = new Map<string, Lead>();
  readonly #codes = new Map<string, CodeOwner>();
  readonly #leadsByCampaign = new Map<string, Map<string, Lead>>();

  /** Adds a campaign and makes its test code known. */
  addCampaign(campaign: Campaign): void {
    this.campaigns.set(campaign.id, campaign);
    this.#codes.set(campaign.testTrackingCode, { campaign, enrollment: null });
    this.#leadsByCampaign.set(campaign.id, new Map());
  }

  /** Adds an affiliate's tracking code to a campaign. */
  addEnrollment(campaign: Campaign, enrollment: Enrollment): void {
    this.#codes.set(enrollment.trackingCode, { campaign, enrollment });
  }

  /** Finds what a tracking code leads to: exact, case-sensitive (RG-06, RG-29). */
  findCode(trackingCode: string): CodeOwner | undefined {
    return this.#codes.get(trackingCode);
  }

  /** Finds the lead of (campaignId, externalId), the pair that makes a postback idempotent (RG-14). */
  findLead(campaignId: string, externalId: string): Lead | undefined {
    return this.#leadsByCampaign.get(campaignId)?.get(externalId);
  }

  /** Keeps a new lead under its id and under (campaignId, externalId). */
  addLead(lead: Lead): void {
    this.leads.set(lead.id, lead);
    this.#leadsByCampaign.get(lead.campaignId)?.set(lead.externalId, lead);
  }

  /** Every lead with this externalId, at most one for each campaign. */
  leadsOf(externalId: string): Lead[] {
    const found: Lead[] = [];
    for (const byExternalId of this.#leadsByCampaign.values()) {
      const lead = byExternalId.get(externalId);
      if (lead) found.push(lead);
    }
    return found;
  }

  /** Every affiliate enrollment. */
  enrollments(): Enrollment[] {
    const found: Enrollment[] = [];
    for (const { enrollment } of this.#codes.values()) if (enrollment) found.push(enrollment);
    return found;
  }
}
