import type { Reading } from './reading-schema.ts';
import type { CurrencySum } from './schema.ts';

/** What the payout calendar tells, as pages receive it: times as UTC ISO, money as integer minor units. Client-safe. */

/** Leads and what they pay, by currency; `unknown` are those whose payout cannot be known, which no sum holds. */
export interface PayoutSums {
  count: number;
  unknown: number;
  sums: CurrencySum[];
}

/** What is the matter with leads that release at a time: three that exclude each other, and a part of the first. */
export interface PayoutPart {
  /** Will be paid unless something happens; those in dispute are not in it. */
  held: PayoutSums;
  /** Of `held`: refunded, and the refund still waits for a decision. */
  atRisk: PayoutSums;
  /** A dispute is on its way: not paid if the network takes it. */
  disputing: PayoutSums;
  /** Paid: the hold is over, or there was none. */
  released: PayoutSums;
}

export interface PayoutDay extends PayoutPart {
  /** "2026-11-20", in the reader's zone. */
  key: string;
  /** The day's bounds, UTC ISO: 23, 24 or 25 hours. */
  from: string;
  to: string;
  when: 'past' | 'today' | 'coming';
  /** Leads whose holding days are assumed, for their campaign's own are not known yet. */
  assumed: number;
}

export interface PayoutGroup extends PayoutPart {
  /** The network's campaign id or the affiliate's; null where the network did not say. */
  id: string | null;
  name: string | null;
}

export const GROUPINGS = ['campaign', 'affiliate'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface PayoutCalendar {
  /** "2026-11". */
  month: string;
  /** The months beside it; null where the calendar ends. */
  previous: string | null;
  next: string | null;
  /** Empty days before the first, in weeks that begin on Monday. */
  blanks: number;
  days: PayoutDay[];
  /** `atOnce`: of `released`, never held, for their campaign has no holding period. */
  total: PayoutPart & { assumed: number; atOnce: number };
  /** Their hold is over by our clock, but they are not marked as released yet. */
  overdue: PayoutSums;
  by: Grouping;
  /** The dearest first; at most 100. */
  groups: PayoutGroup[];
  moreGroups: number;
  /** True where more refunds wait than were looked at. */
  riskCapped: boolean;
  reading: Reading;
}
