/**
 * What a connector is. A connector owns everything that differs from network to network: how a request is
 * written, what an answer means, how money and duplicates are expressed. All functions here are pure.
 */

import type { HttpResult, RequestSpec, TransportFailure } from '#app/platform/http/types.ts';

export type { HttpResult, RequestSpec, TransportFailure };

/** One word for what an attempt came to. `interrupted` is ours: the process died while the attempt was in flight. */
export type Outcome = 'accepted' | 'duplicate' | 'test' | 'retryable' | 'rejected' | 'interrupted';

/** The credentials and settings of one account at one network, decrypted. */
export interface ConnectorAccount {
  baseUrl: string;
  credentials: Record<string, string>;
}

/** One conversion as a postback needs it. Money is integer minor units. */
export interface PostbackInput {
  /** Tracking code: opaque, sent byte for byte (RG-06). */
  ref: string;
  externalId: string;
  eventType: string;
  revenueCents: number | null;
  currency: string | null;
  /** JSON text of the metadata object, or null. */
  metadata: string | null;
  occurredAt: string;
  customer: { email?: string; emailHash?: string; id?: string; ip?: string; userAgent?: string } | null;
  coupon: string | null;
}

/** What the network said a lead is. Fields the network left out are null. */
export interface NetworkLead {
  networkLeadId: string;
  status: string | null;
  trackingCode: string | null;
  payoutCents: number | null;
  currency: string | null;
  networkCampaignId: string | null;
  affiliateId: string | null;
}

/** A reading of an answer, common to every call. */
export interface Reading {
  outcome: Outcome;
  /** Stable code of what went wrong: the network's own (`NOT_FOUND`), or ours for transport (`TIMEOUT`, `NOT_JSON`…). */
  errorCode: string | null;
  /** The network's own words, or ours for transport. */
  errorMessage: string | null;
  /** Per-field messages, where the network gave them (RG-23). */
  errorDetails: { path: string; message: string }[];
  /** Wait at least this long before the next attempt (Retry-After), in ms. */
  retryAfterMs: number | null;
}

export interface PostbackReading extends Reading {
  /**
   * Present for `accepted` and `duplicate`; null where the body could not be understood: then `errorCode` is
   * UNREADABLE_SUCCESS, which puts it under an issue (RG-43).
   */
  lead: NetworkLead | null;
  /** Present for `test`. */
  test: {
    networkCampaignId: string | null;
    trackingConfirmedAt: string | null;
    message: string | null;
  } | null;
}

export interface DisputeReading extends Reading {
  dispute: {
    networkLeadId: string | null;
    status: string | null;
    disputedAt: string | null;
    disputeReason: string | null;
  } | null;
}

/** A campaign as the network tells it. Null is "not told", never zero. */
export interface NetworkCampaign {
  networkCampaignId: string;
  name: string | null;
  status: string | null;
  compensationModel: string | null;
  payoutPerUnitCents: number | null;
  /** Percent of sale, e.g. 20 for 20 %. */
  payoutPercentage: number | null;
  currency: string | null;
  holdingPeriodDays: number | null;
  budgetCents: number | null;
  spentCents: number | null;
  testTrackingCode: string | null;
  trackingConfirmedAt: string | null;
  landingUrl: string | null;
}

export interface CampaignReading extends Reading {
  campaign: NetworkCampaign | null;
}

export interface ActivationReading extends Reading {
  activation: { networkCampaignId: string; status: string; updatedAt: string | null } | null;
}

/** The calls a connector makes: the same code can mean different things in each. */
export type ConnectorCall = 'postback' | 'dispute' | 'campaign' | 'activate';

/**
 * A refusal that every other postback of the same account or campaign would get as well, so that sending them only
 * burns attempts. `provenBy`: what shows that it is over: `any_answer` that is not this refusal (the key works again),
 * or only an `accepted` conversion (a duplicate draws on no budget).
 */
export interface Holdback {
  scope: 'account' | 'campaign';
  reason: 'bad_key' | 'inactive_account' | 'inactive_campaign' | 'budget_exhausted' | 'empty_wallet';
  provenBy: 'any_answer' | 'accepted';
}

/** Who can put a cause right. */
export type WhoFixes = 'nobody_yet' | 'ops' | 'developer' | 'network_support' | 'account_owner';

/** A cause in plain words: what happened, what it means, what to do, and whether a retry makes sense. */
export interface Explanation {
  /** Short, for a badge: "unknown tracking code". */
  short: string;
  title: string;
  meaning: string;
  whatToDo: string;
  who: WhoFixes;
  /** `automatic`: the ladder does it. `after_fix`: by hand once fixed. `no`: it would be refused again. */
  retry: 'automatic' | 'after_fix' | 'no';
  /** Page at the network where it is put right (RG-51), or null. */
  link: { label: string; url: string } | null;
}

export interface CredentialField {
  name: string;
  label: string;
  help: string;
  placeholder: string;
  /** Returns what is wrong with a value, or null. */
  check(value: string): string | null;
}

/** A parameter that a landing page captures. */
export interface CaptureParameter {
  kind: 'ref' | 'promo';
  query: string;
  cookie: string;
  maxLength: number;
}

/** A warning found before anything is sent; it never stops a postback. */
export interface LintWarning {
  field: string;
  message: string;
}

export interface Connector {
  id: string;
  label: string;
  capabilities: {
    dispute: boolean;
    campaigns: boolean;
    activation: boolean;
    holdingPeriod: boolean;
    testCode: boolean;
  };
  defaultBaseUrl: string;
  captureParameters: readonly CaptureParameter[];
  eventTypes: readonly string[];
  limits: { ref: number; externalId: number; metadataBytes: number };
  credentialFields: readonly CredentialField[];
  /** Seconds between attempts; at most five (RG-30). */
  retryScheduleSeconds: readonly number[];
  /** Days a payout is held when the campaign does not say (RG-33). */
  defaultHoldingPeriodDays: number;

  buildPostback(input: PostbackInput, account: ConnectorAccount): RequestSpec;
  readPostback(result: HttpResult, sent: PostbackInput): PostbackReading;
  lintPostback(
    input: PostbackInput,
    campaign: NetworkCampaign | null,
    usualRevenueCents: number | null,
  ): LintWarning[];
  /** Payout to expect in minor units, or null where it cannot be known (RG-22). */
  expectedPayoutCents(
    revenueCents: number | null,
    campaign: Pick<NetworkCampaign, 'compensationModel' | 'payoutPercentage' | 'payoutPerUnitCents'>,
  ): number | null;

  dispute: null | {
    reasonLimits: { min: number; max: number };
    build(input: { networkLeadId: string; reason: string }, account: ConnectorAccount): RequestSpec;
    read(result: HttpResult): DisputeReading;
  };
  campaigns: null | {
    /** Finds the campaign id in what a person pasted: an id, or a link to the network's page of it. */
    parseLocator(text: string): string | null;
    buildFetch(networkCampaignId: string, account: ConnectorAccount): RequestSpec;
    readFetch(result: HttpResult): CampaignReading;
    buildActivate(networkCampaignId: string, account: ConnectorAccount): RequestSpec;
    readActivate(result: HttpResult): ActivationReading;
    /** The network's own page of a campaign (RG-51). */
    pageUrl(networkCampaignId: string): string;
  };

  /** Whether a refused postback shows that what follows would be refused for the same reason; null where it does not. */
  holdback(errorCode: string, errorMessage: string | null, httpStatus: number | null): Holdback | null;

  /** Explains a code of this network or of the transport; an unknown one is said to be unknown, never guessed. */
  explain(
    errorCode: string,
    errorMessage: string | null,
    context: {
      networkCampaignId: string | null;
      /** Null where no answer came. */
      httpStatus: number | null;
      /** `postback` where left out. */
      call?: ConnectorCall;
    },
  ): Explanation;
}
