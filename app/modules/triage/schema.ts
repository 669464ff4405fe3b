/** Words of triage that the console and the API share with the server. Client-safe. */

export const ISSUE_STATES = ['open', 'acknowledged', 'resolved', 'ignored'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** Statuses of the postbacks that an issue gathers. */
export const FAILING_STATUSES = ['failed', 'exhausted', 'parked'] as const;
export type FailingStatus = (typeof FAILING_STATUSES)[number];

export const BREAKER_REASONS = [
  'bad_key',
  'inactive_account',
  'inactive_campaign',
  'budget_exhausted',
  'empty_wallet',
  'paused',
] as const;
export type BreakerReason = (typeof BREAKER_REASONS)[number];

/** open: held back. releasing: the cause is gone, what was held back goes out in order. closed: over. */
export const BREAKER_STATES = ['open', 'releasing', 'closed'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];
export type BreakerScope = 'account' | 'campaign';

export const JOB_KINDS = ['retry', 'cancel', 'acknowledge'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/**
 * collecting: writes down what matches. probing: one row is under way and decides. running. done. stopped: by the
 * answers it got (`stateReason` says which). canceled: by a person.
 */
export const JOB_STATES = ['collecting', 'probing', 'running', 'done', 'stopped', 'canceled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** done: settled well. failed: failed again. skipped: could not be acted on. canceled: left as it was when the job ended. */
export const ITEM_STATES = ['waiting', 'under_way', 'done', 'failed', 'skipped', 'canceled'] as const;
export type ItemState = (typeof ITEM_STATES)[number];
