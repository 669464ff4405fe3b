import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import type { ItemState, JobKind, JobState } from './schema.ts';

/** A bulk job as pages and the API show it. Times are UTC ISO. Client-safe. */
export interface JobView {
  id: string;
  kind: JobKind;
  name: string;
  state: JobState;
  stateReason: string | null;
  issueId: string | null;
  breakerId: string | null;
  probe: boolean;
  matched: number;
  skipped: number;
  /** Rows let go so far; of those, how many are settled well, and how many failed again. */
  started: number;
  succeeded: number;
  failed: number;
  createdByName: string;
  createdAt: string;
  finishedAt: string | null;
}

/** A job with what it was started for. */
export interface JobDetail extends JobView {
  filter: PostbackFilter;
  /** The filter in words. */
  selection: string;
}

/** One row of a job, with what it came to. */
export interface JobItemView {
  messageId: string;
  externalId: string;
  /** Tracking code. */
  ref: string | null;
  state: ItemState;
  before: string;
  outcome: string | null;
  /** The message's status now. */
  status: string;
  errorCode: string | null;
  httpStatus: number | null;
}

/** What a job would do, before it does it. Counts are exact up to 100,000. */
export interface JobPreview {
  kind: JobKind;
  matched: number;
  eligible: number;
  /** Of the eligible: an attempt may have reached the network, so a duplicate answer is likely. */
  duplicatesExpected: number;
  /** Why others are left out, most frequent first. */
  notAllowed: { reason: string; count: number }[];
  /** Payouts of the eligible, by currency (integer minor units), and how many cannot be known. */
  unpaid: { currency: string; minor: number }[];
  unpaidUnknown: number;
  /** Bound of the selection: rows that come later are not in it. */
  newestId: string;
  /** Words for what is selected, e.g. "Status failed · Cause NOT_FOUND". */
  selection: string;
}
