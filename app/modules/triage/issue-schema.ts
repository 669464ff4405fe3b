import { z } from 'zod';
import type { Explanation } from '#app/connectors/types.ts';
import { exactText, isoTime } from '#app/platform/text-rules.ts';
import type { BreakerView } from './breaker-schema.ts';
import type { JobView } from './job-schema.ts';
import { type FailingStatus, ISSUE_STATES, type IssueState } from './schema.ts';
import type { UnreadStatus } from './unread-schema.ts';

/** Money held up, by currency. `minor` is integer minor units. */
export interface HeldMoney {
  currency: string;
  minor: number;
}

/** Postbacks that an issue holds up: by status, and successes that came without their data (RG-43). */
export type HeldCounts = Record<FailingStatus | 'unread', number>;

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
  counts: HeldCounts;
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
    status: FailingStatus | UnreadStatus;
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
  /** HTTP statuses, "404"; "none" where no answer came. */
  httpStatus?: readonly string[] | undefined;
  /** None of these. */
  not?: Partial<Record<'network' | 'code' | 'campaign' | 'httpStatus', readonly string[]>> | undefined;
  /** Codes that begin with any of these; case counts. */
  codeBegins?: readonly string[] | undefined;
  /** Seen at least so often, ever. */
  seenMin?: number | undefined;
  /** Last seen at or after, and before: UTC ISO. */
  seenFrom?: string | undefined;
  seenTo?: string | undefined;
  /** User id, or "none". */
  assignee?: string | undefined;
  /** Text in code, message or campaign name; case does not count. */
  q?: string | undefined;
}

export const ISSUE_ORDERS = ['money', 'count', 'newest', 'last_seen'] as const;
export type IssueOrder = (typeof ISSUE_ORDERS)[number];

export interface ListIssuesInput {
  filter: IssueFilter;
  order: IssueOrder;
  /** 1–200. */
  limit: number;
  /** `next` or `prev` of another page. */
  cursor?: string | undefined;
}

export interface IssuePage {
  items: IssueItem[];
  /** Cursors; null at the ends. */
  next: string | null;
  prev: string | null;
  /** How many match, counted up to 1,001. */
  total: number;
}

export interface IssueTotals {
  /** Issues by state, each counted up to 1,001. */
  states: Record<IssueState, number>;
  /** What all open and acknowledged issues together hold up. */
  held: number;
  unpaid: HeldMoney[];
  unpaidUnknown: number;
}

/** What a person does about an issue. */
const issueChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('acknowledge') }),
  z.strictObject({ kind: z.literal('resolve') }),
  // `only`: where it is still in that state, for an undo: what was acknowledged before is so again
  z.strictObject({ kind: z.literal('reopen'), only: z.enum(ISSUE_STATES).optional() }),
  z.strictObject({
    kind: z.literal('ignore'),
    until: isoTime('until').optional(),
    above: z
      .int('above must be a whole number of times an hour, e.g. 100')
      .min(1, 'above is at least 1')
      .max(1_000_000, 'above is at most 1,000,000')
      .optional(),
  }),
  z.strictObject({ kind: z.literal('assign'), userId: z.string().max(64).nullable() }),
]);
export type IssueChange = z.infer<typeof issueChangeSchema>;

/** What became of each issue that was to be changed. */
export interface IssueChangeResult {
  changed: string[];
  /** Were already as asked. */
  unchanged: string[];
  refused: { id: string; message: string }[];
}

export const NOTE_MAX = 2_000;
export const issueNoteSchema = exactText('The note', NOTE_MAX).refine(
  (text) => text.trim() !== '',
  'The note is empty',
);
