import { z } from 'zod';

/** Four eyes: the rule, its words, and approvals as pages and the API show them. Pure; client-safe. */

const CURRENCY = /^[A-Z]{3}$/;

/**
 * From which payout on a dispute by a person needs another person. `above`: sums in minor units by currency; a payout
 * of more than the sum needs approval (0: every payout does). A currency without a sum always needs it, and so does a
 * payout that is not known: what nobody has thought of is not let through.
 */
export const fourEyesSchema = z.strictObject({
  enabled: z.boolean('enabled must be true or false'),
  above: z
    .record(
      z.string().regex(CURRENCY, 'currencies are three capital letters, e.g. USD'),
      z
        .int('a sum is a whole number of minor units, e.g. 10000 for $100.00')
        .nonnegative('a sum cannot be negative'),
    )
    .refine((above) => Object.keys(above).length <= 50, 'there can be sums for at most 50 currencies'),
});
export type FourEyes = z.infer<typeof fourEyesSchema>;

export const FOUR_EYES_OFF: FourEyes = { enabled: false, above: {} };

/** Whether a dispute of this payout by a person needs another person. */
export function needsApproval(
  rule: FourEyes,
  payout: { payoutCents: number | null; currency: string | null },
): boolean {
  if (!rule.enabled) return false;
  const { payoutCents, currency } = payout;
  const sum = currency === null ? undefined : rule.above[currency];
  return payoutCents === null || sum === undefined || payoutCents > sum;
}

/**
 * withdrawn: by who asked. expired: the hold ended before anybody decided. overtaken: nothing was left to approve (a
 * refund policy disputed the lead itself, or the refund was reversed).
 */
export const APPROVAL_STATES = [
  'pending',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'overtaken',
] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export const noteSchema = z
  .string({ error: 'note must be a text' })
  .trim()
  .max(1000, 'The note is longer than 1000 characters')
  .refine(
    (text) => text.isWellFormed() && !text.includes('\0'),
    'The note contains a character that cannot be kept',
  );

/** A dispute that waits, or waited, for another person. Times are ISO. */
export interface ApprovalItem {
  id: string;
  state: ApprovalState;
  leadId: string;
  /** The refund for which it was asked (row id), and the provider's id of it. */
  refund: { id: string; refundId: string; kind: string } | null;
  /** Word for word as it will be sent. */
  reason: string;
  payoutCents: number | null;
  currency: string | null;
  requestedByName: string;
  requestedByType: string;
  /** The batch it was asked for in. */
  batchId: string | null;
  createdAt: string;
  decidedByName: string | null;
  /** The decider's note, or what became of it in plain words. */
  note: string | null;
  decidedAt: string | null;
  lead: {
    externalId: string;
    network: string;
    campaignId: string | null;
    affiliateId: string | null;
    holdState: string;
    disputeBy: string | null;
    /** When it must be decided: the account's margin before the deadline. */
    decideBy: string | null;
  };
  /** Pending, and its deadline has come into the margin. */
  urgent: boolean;
  /** Why the person who looks may not approve or reject it, or null; null as well where it is not pending. */
  denied: string | null;
  /** True where the person who looks asked for it: they may withdraw it. */
  own: boolean;
}

export interface ApprovalPage {
  items: ApprovalItem[];
  nextAfter: string | null;
  prevBefore: string | null;
}

/** Pending approvals; `urgent` of them are within their account's margin. Both stop at 1,001. */
export interface ApprovalCounts {
  pending: number;
  urgent: number;
}
