import type { LeftOutReason } from './batch-schema.ts';

/** Which rows of a selection can be disputed in bulk. Pure. */

export interface RowFacts {
  /** What was selected. */
  of: 'lead' | 'refund';
  lead: {
    holdState: string;
    disputeBy: Date | null;
    disputeMessageId: string | null;
    approvalId: string | null;
    canDispute: boolean;
  } | null;
  /** The refund that was selected; for a lead the one that its dispute would be for. */
  refund: { disposition: string; matchDoubt: string | null; kind: string } | null;
  /** For which refunds the reason is. */
  templateKind: string;
}

/** What a refund is in that nobody need decide about. */
const SETTLED: Record<string, LeftOutReason> = {
  disputed: 'already_disputed',
  disputing: 'already_disputed',
  too_late: 'released',
  manual: 'no_dispute_call',
  awaiting_lead: 'no_lead',
};

/** Why a row cannot be disputed in bulk, or null where it can. */
export function leftOutBecause(
  { of, lead, refund, templateKind }: RowFacts,
  now: Date,
): LeftOutReason | null {
  if (of === 'refund') {
    if (!refund) return 'gone';
    const { disposition } = refund;
    if (disposition !== 'needs_review' && disposition !== 'in_grace')
      return SETTLED[disposition] ?? 'not_to_decide';
    if (!lead) return 'no_lead';
    // whether it is of this order must be looked at one by one
    if (refund.matchDoubt !== null) return 'doubtful_match';
  }
  if (!lead) return 'gone';
  if (lead.holdState === 'none') return 'zero_days';
  if (lead.holdState === 'disputed' || lead.disputeMessageId !== null) return 'already_disputed';
  if (lead.holdState === 'released' || (lead.disputeBy !== null && lead.disputeBy <= now)) return 'released';
  if (lead.approvalId !== null) return 'waiting_approval';
  if (!lead.canDispute) return 'no_dispute_call';
  // nor is a lead disputed in bulk for a refund that may be of another order
  if (refund && refund.matchDoubt !== null) return 'doubtful_match';
  return templateKind !== 'any' && refund?.kind !== templateKind ? 'wrong_kind' : null;
}
