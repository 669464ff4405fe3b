import type { MessageKind, MessageStatus } from './schema.ts';

/** A hundred of HTTP statuses. */
export const HTTP_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;
export type HttpClass = (typeof HTTP_CLASSES)[number];
export type HttpMatch = number | HttpClass;

/** At least and at most; the same number twice means exactly. */
export interface NumberRange {
  gte?: number | undefined;
  lte?: number | undefined;
}

/** Revenue in integer minor units; without a currency whatever the currency is. */
export interface AmountRange extends NumberRange {
  currency?: string | undefined;
}

/**
 * What a list of messages is narrowed to. Fields left out, and empty lists, do not narrow; a list means "is any of".
 * Plain JSON, so that a job can keep it. Read and written as a query string by filter-schema.ts. Client-safe.
 */
export interface PostbackFilter {
  /** `postback` where left out. */
  kind?: MessageKind | undefined;
  status?: readonly MessageStatus[] | undefined;
  /** Codes of the last answer: NOT_FOUND, TIMEOUT… */
  cause?: readonly string[] | undefined;
  causeBegins?: string | undefined;
  /** Status of the last answer, or a hundred of them: 404, 5xx. */
  httpStatus?: readonly HttpMatch[] | undefined;
  /** Account names. An unknown name matches nothing. */
  network?: readonly string[] | undefined;
  /** The network's campaign ids. */
  campaign?: readonly string[] | undefined;
  /** Whether the campaign is known. */
  campaignKnown?: boolean | undefined;
  /** "Is not any of". What has no value at all is not any of them. */
  not?:
    | {
        status?: readonly MessageStatus[] | undefined;
        cause?: readonly string[] | undefined;
        httpStatus?: readonly HttpMatch[] | undefined;
        network?: readonly string[] | undefined;
        campaign?: readonly string[] | undefined;
      }
    | undefined;
  /** The network's ids of affiliates, as its leads name them. */
  affiliate?: readonly string[] | undefined;
  /** Tracking codes, exact case. */
  code?: readonly string[] | undefined;
  codeBegins?: string | undefined;
  externalId?: readonly string[] | undefined;
  externalIdBegins?: string | undefined;
  amount?: AmountRange | undefined;
  /** Attempts begun. */
  attempts?: NumberRange | undefined;
  issue?: readonly string[] | undefined;
  /** Rows of this bulk job. */
  job?: string | undefined;
  /** These messages and no others. */
  ids?: readonly string[] | undefined;
  /** Whether a person has taken it out of the queue. */
  acknowledged?: boolean | undefined;
  /** Words in what was sent or answered. Needs `searchBodies`, see resolveFilter. */
  text?: string | undefined;
  /** externalId or tracking code (whole or its beginning, exact case), postback id, lead id of ours or the network's. */
  q?: string | undefined;
  /** Created at or after, UTC ISO. */
  from?: string | undefined;
  /** Created before, UTC ISO. */
  to?: string | undefined;
}

export type PostbackOrder = 'newest' | 'oldest';

/** How many match. `more`: there are at least so many, shown as "1,000+". */
export interface Counted {
  n: number;
  more: boolean;
}

/** Counts stop here: shown as "1,000+". */
export const COUNT_CAP = 1001;
/** What a search, a code or an affiliate names is looked up ahead where it is no more than this. */
export const LOOKUP_CAP = 5000;
/** Matches of words in bodies: the newest thousand. */
export const TEXT_CAP = 1000;
/** Rows that one page or count looks through where no index knows the filter. */
export const LOOK_CAP = 50_000;

/** A message as lists show it: never a body. Times are UTC ISO, money integer minor units. */
export interface PostbackItem {
  id: string;
  kind: MessageKind;
  status: MessageStatus;
  dueAt: string;
  attempts: number;
  step: number;
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  /** The last answer's cause in a few words ("unknown tracking code"); null where nothing is wrong. */
  reason: string | null;
  /** Whether a retry makes sense: see the connector's explanation. Null where nothing is wrong. */
  retry: 'automatic' | 'after_fix' | 'no' | null;
  whatToDo: string | null;
  payoutCents: number | null;
  revenueCents: number | null;
  revenueCurrency: string | null;
  /** Of the payout once it is known. */
  currency: string | null;
  /** The payout to expect had the network taken it; null where it cannot be known, or nothing failed. */
  expectedCents: number | null;
  expectedCurrency: string | null;
  externalId: string;
  ref: string | null;
  eventType: string | null;
  /** The account's name, as API callers write it. */
  network: string;
  /** The network's own name. */
  connector: string;
  networkCampaignId: string | null;
  campaignName: string | null;
  affiliateId: string | null;
  leadId: string | null;
  conversionId: string | null;
  cancelReason: string | null;
  /** The cause it failed or is held back under. */
  issueId: string | null;
  /** What holds it back while it is parked. */
  breakerId: string | null;
  /** Why it is held back (a breaker's reason: bad_key, paused…); null where nothing holds it. */
  heldReason: string | null;
  /** When a person took it out of the queue. */
  acknowledgedAt: string | null;
  createdAt: string;
  settledAt: string | null;
}
