import type { Explanation } from '#app/connectors/types.ts';
import type { BreakerView } from './breaker-schema.ts';
import type { JobView } from './job-schema.ts';
import type { FailingStatus, IssueState } from './schema.ts';

/** Money held up, by currency. `minor` is integer minor units. */
export interface HeldMoney {
  currency: string;
  minor: number;
}

/** A cause as lists show it. Times are UTC ISO. Client-safe. */
export interface IssueItem {
  id: string;
  accountId: string;
  /** The account's name, as API callers write it. */
  network: string;
  /** The network's own name. */
  connector: string;
  errorCode: string;
  httpStatus: number | null;
  /** The network's words with ids, numbers and quotes taken out. */
  message: string;
  sampleMessage: string | null;
  networkCampaignId: string | null;
  campaignName: string | null;
  state: IssueState;
  ignoredUntil: string | null;
  ignoreAbove: number | null;
  assignee: { id: string; name: string } | null;
  /** Postbacks held up now, by status, and together. */
  counts: Record<FailingStatus, number>;
  held: number;
  /** Payouts held up, and how many postbacks have one that cannot be known. */
  unpaid: HeldMoney[];
  unpaidUnknown: number;
  /** How often it was ever seen. */
  seen: number;
  /** How often it came back after being resolved, and when last. */
  reopened: number;
  reopenedAt: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  resolvedAt: string | null;
  /** Times seen in each of the last 24 hours, oldest first. */
  trend: number[];
  explanation: Explanation;
  /** What holds back what follows, where something does. */
  breaker: BreakerView | null;
  /** The bulk job that is letting its rows go right now. */
  job: JobView | null;
}

export interface IssueEventView {
  id: string;
  kind: string;
  actorName: string;
  body: string | null;
  createdAt: string;
}

export interface IssueDetail extends IssueItem {
  /** Notes and changes, newest first. */
  events: IssueEventView[];
  /** The oldest few postbacks it holds up. */
  oldest: {
    id: string;
    externalId: string;
    status: FailingStatus;
    attempts: number;
    expectedCents: number | null;
    expectedCurrency: string | null;
    createdAt: string;
  }[];
  people: { id: string; name: string }[];
}

export interface IssueFilter {
  state?: readonly IssueState[] | undefined;
  network?: readonly string[] | undefined;
  code?: readonly string[] | undefined;
  campaign?: readonly string[] | undefined;
  /** User id, or "none". */
  assignee?: string | undefined;
  /** Text in code, message or campaign name; case does not count. */
  q?: string | undefined;
}

export const ISSUE_ORDERS = ['money', 'count', 'newest', 'last_seen'] as const;
export type IssueOrder = (typeof ISSUE_ORDERS)[number];
