/** What the report of expected and actual payouts tells (RG-22), as pages receive it. Client-safe. */

/**
 * How a payout differs from what the campaign's terms say. `hundredth` and `hundredfold`: by a factor of 100, the mark
 * of cents taken for whole units or the other way round.
 */
export const DIFFERENCES = ['hundredfold', 'hundredth', 'nothing', 'more', 'less'] as const;
export type Difference = (typeof DIFFERENCES)[number];

export interface DifferingLead {
  id: string;
  externalId: string;
  network: string;
  campaignId: string | null;
  campaignName: string | null;
  affiliateId: string | null;
  currency: string | null;
  /** The order's own, in its own currency. */
  revenueCents: number | null;
  revenueCurrency: string | null;
  expectedCents: number;
  payoutCents: number;
  kind: Difference;
  createdAt: string;
}

/** Leads of one campaign and currency that pay otherwise than expected. */
export interface DifferenceSum {
  campaignId: string | null;
  campaignName: string | null;
  currency: string | null;
  count: number;
  expectedMinor: number;
  actualMinor: number;
  hundredfold: number;
  hundredth: number;
}

/** Signs that a campaign's revenue is reported in the wrong unit: the payout then agrees with what is expected, and both are wrong. */
export interface UnitHint {
  campaignId: string | null;
  campaignName: string | null;
  currency: string;
  /** major: a hundredth of the revenue was reported; hundredfold: a hundred times as much. */
  kind: 'major' | 'hundredfold';
  /** refund: the provider refunded 100 times (a hundredth of) what was reported. usual: against other orders of the campaign. */
  by: 'refund' | 'usual';
  count: number;
  /** Orders that were looked at. */
  of: number;
  example: { leadId: string; externalId: string; revenueCents: number; otherCents: number };
}
