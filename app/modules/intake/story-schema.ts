import type {
  CodeTrace,
  ConversionFacts,
  LeadFacts,
  PostbackDetail,
  RefundFacts,
} from '#app/modules/outbox/detail-schema.ts';

/** Everything about one conversion, as pages and the API tell it. Times are UTC ISO, money minor units. Client-safe. */
export interface ConversionFactsSet {
  captures: {
    id: string;
    ref: string;
    promo: string | null;
    url: string | null;
    visitorId: string | null;
    outcome: string;
    keptRef: string | null;
    at: string;
  }[];
  record: { id: string; type: string; recordId: string; ref: string; at: string } | null;
  conversion: ConversionFacts & {
    network: string;
    campaignId: string | null;
    metadata: string | null;
    paymentIds: string[];
  };
  /** Null where there was no tracking code: nothing was sent. */
  postback: PostbackDetail | null;
  leads: LeadFacts[];
  refunds: RefundFacts[];
  disputes: {
    id: string;
    leadId: string | null;
    status: string;
    attempts: number;
    httpStatus: number | null;
    errorCode: string | null;
    errorMessage: string | null;
    createdAt: string;
    settledAt: string | null;
  }[];
  losses: { id: string; leadId: string; cause: string; explanation: string; at: string }[];
  /** What else arrived under the same externalId, with other content. */
  conflicts: { id: string; kind: string; body: string; at: string }[];
  trace: CodeTrace;
}

export type StoryKind =
  | 'capture'
  | 'capture_blocked'
  | 'record'
  | 'conversion'
  | 'conflict'
  | 'attempt'
  | 'lead'
  | 'refund'
  | 'dispute'
  | 'dispute_answer'
  | 'loss';

/** One thing that happened. */
export interface StoryEvent {
  id: string;
  kind: StoryKind;
  at: string;
  title: string;
  detail: string | null;
  good: boolean | null;
}

export interface ConversionTrace extends ConversionFactsSet {
  story: StoryEvent[];
}
