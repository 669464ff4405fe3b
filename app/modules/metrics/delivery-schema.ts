/** Delivery in numbers, as pages receive it: JSON-able, times as UTC ISO, durations in ms. Client-safe. */

/** Attempts that ended in some time, by what they came to. Tests are only in `test` (RG-49). */
export interface AttemptCounts {
  attempts: number;
  accepted: number;
  duplicate: number;
  test: number;
  retryable: number;
  rejected: number;
  interrupted: number;
  firstTries: number;
  /** First attempts that were accepted or a duplicate. */
  firstSuccesses: number;
}

/** How long conversions took to be accepted: half of them and 95 % of them at most this, ms. Null: none was. */
export interface DeliveryTimes {
  p50: number | null;
  p95: number | null;
}

export interface DeliveryBar extends AttemptCounts, DeliveryTimes {
  from: string;
  to: string;
}

export interface DeliveryGroup extends AttemptCounts, DeliveryTimes {
  key: string;
  /** The account's name, and the network's own. */
  network: string;
  connector: string;
  /** Null where the attempts tell none. */
  networkCampaignId: string | null;
  campaignName: string | null;
}

export interface AnswerItem {
  key: string;
  httpStatus: number | null;
  outcome: string;
  errorCode: string | null;
  count: number;
  /** The first answer of the kind; null where rarer ones were counted together. */
  sample: string | null;
  /** Words that all of them have, to search them by; may be empty. */
  words: string;
  /** A postback that got it. */
  messageId: string | null;
}

export interface DeliveryReport {
  /** What the bars cover: whole bars around what was asked for. */
  from: string;
  to: string;
  barMs: number;
  bars: DeliveryBar[];
  total: AttemptCounts & DeliveryTimes;
  /** By network and campaign, most attempts first; at most 100. */
  groups: DeliveryGroup[];
  /** Groups are of the whole days (UTC) that the time touches. */
  groupsByDay: boolean;
  /** Most frequent first; by whole days (UTC) that the time touches. */
  answers: AnswerItem[];
  /** Set while older attempts are still being counted: up to when they are. */
  countedTo: string | null;
}

export interface DeliveryQuery {
  /** ms since 1970. */
  from: number;
  to: number;
  zone: string;
  /** Account names; empty: all. An unknown one matches nothing. */
  network: readonly string[];
  /** The network's campaign ids; empty: all. `unknown` stands for attempts that tell none. */
  campaign: readonly string[];
}

export const UNKNOWN_CAMPAIGN = 'unknown';

/** Where words were found. */
export type BodyPart = 'request' | 'answer' | 'error';

/** A postback whose bodies hold the words of a search. */
export interface BodyHit {
  messageId: string;
  externalId: string;
  status: string;
  /** Number of the attempt, counted from 1. */
  attempt: number;
  part: BodyPart;
  excerpt: string | null;
}
