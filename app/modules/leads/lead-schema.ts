import { z } from 'zod';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText, isoTime } from '#app/platform/text-rules.ts';
import { HOLD_STATES, type HoldState, type LeadFlag } from './schema.ts';

/** What lists of leads can be asked, and how they are told to pages and to the API. Client-safe. */

/** Counts stop here and are shown as "1,000+". */
export const COUNT_CAP = 1001;
/** Hours before a deadline from which a lead is urgent, in ms. */
export const DUE_MS = 72 * 3_600_000;
export const DAY_MS = 24 * 3_600_000;

export interface LeadFilter {
  /** Leads with a refund that is not settled yet. */
  refunded?: boolean | undefined;
  holdState?: readonly HoldState[] | undefined;
  /** ISO; only leads that are still held and whose deadline is before. */
  dueBefore?: string | undefined;
  /** ISO; only leads whose hold ends from then on, and before. Ask with one hold state, for its index. */
  releaseFrom?: string | undefined;
  releaseTo?: string | undefined;
  currency?: string | undefined;
  /** The network's word: VERIFIED, DISPUTED. */
  status?: readonly string[] | undefined;
  /** Names of accounts. */
  network?: readonly string[] | undefined;
  /** The network's campaign ids. */
  campaign?: readonly string[] | undefined;
  affiliate?: string | undefined;
  /** An order, lead, refund or tracking code; whole, case counts. */
  q?: string | undefined;
  /** Bounds of the time at which the lead was opened here, ISO. */
  from?: string | undefined;
  to?: string | undefined;
}

/** deadline: nearest first · released: furthest deadline first · newest: as they were opened. */
export type LeadOrder = 'deadline' | 'released' | 'newest';

/** A refund as evidence beside its lead. */
export interface LeadRefund {
  id: string;
  refundId: string;
  kind: string;
  amountCents: number | null;
  full: boolean | null;
  note: string | null;
  source: string;
  disposition: string;
  explanation: string;
  occurredAt: string;
  createdAt: string;
}

/** A dispute that is under way. */
export interface DisputeUnderWay {
  messageId: string;
  status: string;
  attempts: number;
  /** When it leaves, or is sent again. */
  dueAt: string;
  /** When the attempt under way began. */
  sentAt: string | null;
}

export interface LeadItem {
  id: string;
  networkLeadId: string;
  /** Name of the account. */
  network: string;
  /** Name of the network: "Regatta". */
  connector: string;
  conversionId: string;
  postbackId: string;
  externalId: string;
  trackingCode: string | null;
  campaignId: string | null;
  campaignName: string | null;
  affiliateId: string | null;
  payoutCents: number | null;
  expectedCents: number | null;
  currency: string | null;
  /** Of the order, in its own currency: the payout's may be another. */
  revenueCents: number | null;
  revenueCurrency: string | null;
  flags: LeadFlag[];
  status: string | null;
  holdState: HoldState;
  holdingPeriodDays: number;
  /** True while the campaign's own days are not known. */
  holdAssumed: boolean;
  heldSince: string;
  disputeBy: string | null;
  releasedAt: string | null;
  disputedAt: string | null;
  disputeReason: string | null;
  createdAt: string;
  /** The refund that matters most: one that waits, else the latest. */
  refund: LeadRefund | null;
  refundCount: number;
  dispute: DisputeUnderWay | null;
  /** Why it cannot be disputed now, or null. */
  refusal: string | null;
}

/** Money of some leads in one currency; leads whose payout is unknown are counted, not summed. */
export interface LeadSum {
  currency: string;
  minor: number;
}

export interface LeadTotal {
  /** Up to 1,001. */
  count: number;
  /** Empty where the count is capped: a part of the money is no sum. */
  sums: LeadSum[];
}

const list = <T extends z.ZodType>(item: T) => z.array(item).optional();

/** Query of GET /api/v1/leads (CONTRACT.md). */
export const leadQuerySchema = z.strictObject({
  holdState: list(z.enum(HOLD_STATES, { error: `holdState must be one of ${HOLD_STATES.join(', ')}` })),
  dueBefore: isoTime('dueBefore').optional(),
  status: list(exactText('status', 64)),
  network: list(exactText('network', 64)),
  campaign: list(exactText('campaign', 255)),
  affiliate: exactText('affiliate', 255).optional(),
  q: exactText('q', 255).optional(),
  from: isoTime('from').optional(),
  to: isoTime('to').optional(),
  limit: pageLimit(),
  cursor: exactText('cursor', 255).optional(),
});

/** Parameters of that query that may come several times. */
export const LEAD_LIST_PARAMETERS = ['holdState', 'status', 'network', 'campaign'] as const;
