import { z } from 'zod';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText, isoTime } from '#app/platform/text-rules.ts';
import { type Choice, DISPOSITIONS, type Disposition, REFUND_KINDS } from './schema.ts';

/** What lists of refunds and losses can be asked, and how they are told to pages and to the API. Client-safe. */

export const COUNT_CAP = 1001;

/** Dispositions in which something still has to happen, in the order of the inbox. */
export const OPEN_DISPOSITIONS = [
  'needs_review',
  'manual',
  'disputing',
  'in_grace',
  'awaiting_lead',
  'unmatched',
] as const satisfies readonly Disposition[];

export interface RefundFilter {
  disposition?: readonly Disposition[] | undefined;
  kind?: readonly (typeof REFUND_KINDS)[number][] | undefined;
  /** api, console, or a provider. */
  source?: readonly string[] | undefined;
  /** A refund, order, payment or lead id; whole, case counts. */
  q?: string | undefined;
  /** Bounds of the time at which it was reported, ISO. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface RefundItem {
  id: string;
  refundId: string;
  externalId: string | null;
  paymentId: string | null;
  kind: string;
  amountCents: number | null;
  full: boolean | null;
  note: string | null;
  source: string;
  disposition: Disposition;
  explanation: string;
  occurredAt: string;
  createdAt: string;
  currency: string | null;
  /** By which id its order was found; `hand`: by a person; null: not yet. */
  matchedBy: string | null;
  /** Why it is not certain that this is its order: a person chooses. Null: it is certain. */
  matchDoubt: string | null;
  /** It is disputed by itself after this time. */
  graceUntil: string | null;
  /** won, failed: it was reversed. With `disputed` or `disputing` too late: a network takes no dispute back. */
  reversal: string | null;
  reversedAt: string | null;
  /** The row of the same refund for the first report of its order. */
  copyOf: string | null;
  /** Decisions that it waits for. */
  choices: readonly Choice[];
  conversionId: string | null;
  leadId: string | null;
  order: {
    externalId: string;
    revenueCents: number | null;
    currency: string | null;
    postbackId: string | null;
    postbackStatus: string | null;
  } | null;
  lead: {
    networkLeadId: string;
    payoutCents: number | null;
    currency: string | null;
    holdState: string;
    disputeBy: string | null;
    /** When it must be decided: the account's margin before the deadline, by the clock that is ahead. */
    decideBy: string | null;
    affiliateId: string | null;
    /** Its dispute waits for another person under this id; null: it does not. */
    approvalId: string | null;
  } | null;
  /** The dispute that it led to, while it is under way. */
  dispute: {
    messageId: string;
    status: string;
    attempts: number;
    dueAt: string;
    errorMessage: string | null;
  } | null;
  loss: { payoutCents: number | null; currency: string | null; cause: string } | null;
}

/** Whether the deadline of a refund that waits has come into its account's margin. `now` is ISO. */
export function isUrgent(refund: Pick<RefundItem, 'disposition' | 'lead'>, now: string): boolean {
  const waits = ['needs_review', 'manual', 'in_grace'].includes(refund.disposition);
  const { decideBy = null, holdState = '' } = refund.lead ?? {};
  return waits && holdState === 'pending_release' && decideBy !== null && decideBy <= now;
}

export interface LossItem {
  id: string;
  leadId: string;
  payoutCents: number | null;
  currency: string | null;
  cause: string;
  explanation: string;
  createdAt: string;
  /** How it could have been caught. */
  lesson: string;
  refund: { id: string; refundId: string; kind: string; occurredAt: string; createdAt: string } | null;
  lead: {
    externalId: string;
    affiliateId: string | null;
    campaignId: string | null;
    campaignName: string | null;
    holdingPeriodDays: number;
    heldSince: string;
    disputeBy: string | null;
  } | null;
}

const list = <T extends z.ZodType>(item: T) => z.array(item).optional();

/** Query of GET /api/v1/refunds. */
export const refundQuerySchema = z.strictObject({
  disposition: list(z.enum(DISPOSITIONS, { error: `disposition must be one of ${DISPOSITIONS.join(', ')}` })),
  kind: list(z.enum(REFUND_KINDS, { error: 'kind must be refund, chargeback or fraud' })),
  source: list(exactText('source', 64)),
  q: exactText('q', 255).optional(),
  from: isoTime('from').optional(),
  to: isoTime('to').optional(),
  limit: pageLimit(),
  cursor: exactText('cursor', 64).optional(),
});

/** Parameters of that query that may come several times. */
export const REFUND_LIST_PARAMETERS = ['disposition', 'kind', 'source'] as const;
