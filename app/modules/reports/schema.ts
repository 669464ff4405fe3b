/** What the reports tell, as pages receive it: JSON-able, times as UTC ISO, money as integer minor units. Client-safe. */

/** What waits for a person; each number stops counting at 1,001. */
export interface Needs {
  /** Open issues that hold something up. */
  issues: number;
  /** Leads with an open refund whose deadline is within 72 hours. */
  leads: number;
  refunds: number;
  /** Disputes that wait for another person; null where four eyes are off and none waits. */
  approvals: number | null;
}

/** What a search may find, in the order in which it is shown. */
export type HitKind = 'postback' | 'lead' | 'ref' | 'refund' | 'campaign' | 'body';

export interface SearchHit {
  kind: HitKind;
  /** Our id of the row (of `body`: of the postback); of a tracking code, the code itself. */
  id: string;
  /** What was matched, as it is stored. */
  label: string;
  /** What else tells it apart: status, deadline, disposition. */
  hint: string;
}

export interface CurrencySum {
  currency: string;
  minor: number;
  count: number;
}

/** Postbacks made in one step of time, by what has become of them since. Tests are counted apart (RG-49). */
export interface OutcomeStep {
  /** UTC ISO. */
  from: string;
  to: string;
  delivered: number;
  duplicate: number;
  test: number;
  waiting: number;
  retrying: number;
  parked: number;
  failed: number;
  canceled: number;
  /** First attempts that have ended, and those of them that were accepted; without tests. */
  firstTried: number;
  firstAccepted: number;
}

/** A sum of one currency, integer minor units. */
export interface Sum {
  currency: string;
  minor: number;
}

/** Why postbacks fail: an issue, or what retries by itself gathered by account, code and meaning. */
export interface Cause {
  key: string;
  /** Null while all of them still retry by themselves. */
  issueId: string | null;
  /** The account's name, and what people call it. */
  account: string;
  network: string;
  errorCode: string | null;
  /** In a few words, and as a sentence. */
  short: string;
  title: string;
  count: number;
  /** Of them held back, never refused themselves. */
  parked: number;
  /** True while all of them still retry by themselves. */
  moving: boolean;
  since: string;
  campaigns: string[];
  /** Payouts owed for them where the campaign's terms are known, largest first; `unknown` counts the others. */
  unpaid: Sum[];
  unknown: number;
}

export interface Attention {
  /** Postbacks that need a person: what open and acknowledged issues hold up. Stops at 100,001. */
  count: number;
  retrying: number;
  /** Of `count`: held back until a cause is gone. */
  parked: { count: number; unpaid: Sum[]; unknown: number };
  /** Payouts of those in `count`: what retries by itself is not among them. */
  unpaid: Sum[];
  unknown: number;
  /** Issues by unpaid money, at most 20, then what retries by itself. */
  causes: Cause[];
  /** True where there are more issues than those in `causes`. */
  more: boolean;
  /** True where only the newest of those that retry were looked at for causes and money. */
  sampled: boolean;
}

export interface DueLeads {
  count: number;
  atStake: CurrencySum[];
  /** At stake without a known payout. */
  unknown: number;
  first: { leadId: string; externalId: string; disputeBy: string } | null;
  /** Leads by the six hours in which they fall due, for the next 72. */
  trend: number[];
}

export interface Traffic {
  today: number;
  firstTried: number;
  firstAccepted: number;
  lastConversionAt: string | null;
  /** Set while conversions stay out that usually come at this time of day. */
  quiet: { since: string; usual: number } | null;
}

export interface ReleaseDay {
  /** Start of the day in the viewer's zone, UTC ISO. */
  from: string;
  sums: CurrencySum[];
  /** Leads of the day without a known payout. */
  unknown: number;
}

export interface FunnelToday {
  captures: number;
  conversions: number;
  unattributed: number;
  postbacks: number;
  accepted: number;
  duplicates: number;
  tests: number;
  leads: number;
}

/** What a new installation still lacks. */
export interface FirstSteps {
  account: boolean;
  apiKey: boolean;
  campaign: boolean;
  traffic: boolean;
  /** Test code of the newest campaign: a conversion with it opens no lead. */
  testCode: string | null;
}
