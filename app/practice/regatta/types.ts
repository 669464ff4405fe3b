/** What a campaign pays for; only REV_SHARE pays a percentage of the reported sale. */
export type CompensationModel = 'CPL' | 'CPA' | 'CPC' | 'REV_SHARE';
/** The guide names only ACTIVE; the other two are ours, for "not active yet" and "not active any more". */
export type CampaignStatus = 'DRAFT' | 'ACTIVE' | 'PAUSED';
export type AccountKind = 'ADVERTISER' | 'AFFILIATE';
export type AgentStatus = 'ACTIVE' | 'SUSPENDED' | 'DELETED';
export type KeyState = 'active' | 'revoked';
export type EventType = 'PURCHASE' | 'SIGNUP' | 'INSTALL' | 'SUBSCRIPTION' | 'CUSTOM';
/** Where the money of a lead stands; separate from its status (RG-35). */
export type HoldState = 'PENDING_RELEASE' | 'RELEASED' | 'REVERSED';

/** An account at the practice network, with its wallet. Money in minor units. */
export type Advertiser = {
  id: string;
  name: string;
  kind: AccountKind;
  agentStatus: AgentStatus;
  emailVerified: boolean;
  availableCents: number;
};

/** One API key; several may be active for one account, as during a rotation (RG-09). */
export type ApiKey = { key: string; advertiserId: string; state: KeyState };

/** A campaign. Money in minor units of its currency, times in milliseconds since 1970. */
export type Campaign = {
  id: string;
  advertiserId: string;
  name: string;
  status: CampaignStatus;
  compensationModel: CompensationModel;
  payoutPerUnitCents: number | null;
  payoutPercentage: number | null;
  currency: string;
  holdingPeriodDays: number;
  budgetCents: number;
  spentCents: number;
  testTrackingCode: string;
  trackingConfirmedAt: number | null;
  landingUrl: string;
  hasEscrowAccount: boolean;
  createdAt: number;
  updatedAt: number;
};

/** An affiliate's place in a campaign: the tracking code leads to both. */
export type Enrollment = {
  trackingCode: string;
  campaignId: string;
  affiliateId: string;
  affiliateName: string;
};

/** A conversion the network accepted. `holdingPeriodDays` is frozen at that moment (RG-33). */
export type Lead = {
  id: string;
  status: 'VERIFIED' | 'DISPUTED';
  externalId: string;
  trackingCode: string;
  eventType: EventType;
  revenueCents: number | null;
  payoutCents: number;
  currency: string;
  campaignId: string;
  affiliateId: string;
  holdingPeriodDays: number;
  acceptedAt: number;
  disputedAt: number | null;
  disputeReason: string | null;
};

/** What a request did to the practice world; the ledger counts these. */
export type Effect =
  | 'lead_created'
  | 'duplicate'
  | 'test'
  | 'disputed'
  | 'already_disputed'
  | 'activated'
  | 'read'
  | 'refused'
  | 'nothing';

/** The calls of the guide, and everything else that knocked. */
export type Route = 'postback' | 'dispute' | 'campaign' | 'activate' | 'other';

/** One request as the handlers see it. */
export type Call = {
  route: Route;
  method: string;
  path: string;
  /** The id in the path of campaign, activate and dispute. */
  id: string;
  authorization: string | undefined;
  /** The body as text, or null when it was larger than the cap. */
  body: string | null;
  /** The body parsed as JSON; undefined when it is not JSON. */
  json: unknown;
};

/** What the network answers, before any fault gets at it. A string body goes out as it is. */
export type Answer = {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  effect: Effect;
  lead?: Lead;
};
