import type { Reading } from './reading-schema.ts';

/** What the report of refund rates tells, as pages receive it. Money is integer minor units. Client-safe. */

/** Payouts of one currency: of all leads, and of those that were refunded. */
export interface RateMoney {
  currency: string;
  minor: number;
  refundedMinor: number;
}

export interface RateRow {
  /** Null: the network did not say whose it is. */
  affiliateId: string | null;
  leads: number;
  /** Leads with a refund, chargeback or fraud report that stands; each once, as the worst of them. */
  refunded: number;
  chargebacks: number;
  frauds: number;
  /** Refunded share, and the bounds between which it lies with 99 % confidence (Wilson). 0 to 1. */
  rate: number;
  lower: number;
  upper: number;
  /** Refunded share of all other affiliates together; null where there is no other. */
  others: number | null;
  outlier: boolean;
  money: RateMoney[];
}

export const RATE_SORTS = ['rate', 'leads', 'refunded'] as const;
export type RateSort = (typeof RATE_SORTS)[number];

export interface RefundRateReport {
  /** UTC ISO; leads opened from then on, and before then. */
  from: string;
  to: string;
  total: Omit<RateRow, 'affiliateId' | 'others' | 'outlier'>;
  outliers: number;
  /** Outliers first, then as sorted. */
  rows: RateRow[];
  /** Rows that are not told: they are in the export. */
  moreRows: number;
  reading: Reading;
}
