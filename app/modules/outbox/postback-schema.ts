import type { MessageKind, MessageStatus } from './schema.ts';

/** What a list of messages is narrowed to. Fields left out, and empty lists, do not narrow. Client-safe. */
export interface PostbackFilter {
  /** `postback` where left out. */
  kind?: MessageKind | undefined;
  status?: readonly MessageStatus[] | undefined;
  /** Codes of the last answer: NOT_FOUND, TIMEOUT… */
  cause?: readonly string[] | undefined;
  httpStatus?: readonly number[] | undefined;
  /** Account names. An unknown name matches nothing. */
  network?: readonly string[] | undefined;
  /** The network's campaign ids. */
  campaign?: readonly string[] | undefined;
  /** externalId or tracking code (whole or its beginning, exact case), postback id, lead id of ours or the network's. */
  q?: string | undefined;
  /** Created at or after, UTC ISO. */
  from?: string | undefined;
  /** Created before, UTC ISO. */
  to?: string | undefined;
}

export type PostbackOrder = 'newest' | 'oldest';

/** Counts stop here: shown as "1,000+". */
export const COUNT_CAP = 1001;
/** A search looks at no more than this many matches of each kind. */
export const SEARCH_CAP = 1000;

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
  currency: string | null;
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
  createdAt: string;
  settledAt: string | null;
}
