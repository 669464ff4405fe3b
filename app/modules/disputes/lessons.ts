const DAY_MS = 86_400_000;

/** What is known of a loss, for what can be learned from it. Times are ISO. */
export interface LostLead {
  cause: string;
  holdingPeriodDays: number | null;
  disputeBy: string | null;
  refundedAt: string | null;
  reportedAt: string | null;
}

const days = (ms: number): string => {
  const n = Math.max(1, Math.ceil(ms / DAY_MS));
  return n === 1 ? 'a day' : `${n} days`;
};

/** What would have made nobody wait for a person. */
const rule = (cause: string): string =>
  cause === 'missed_in_review' ? ' Or let the campaign’s policy dispute such refunds by itself.' : '';

/** How a loss could have been caught, in plain words: what would have to change so that the next one is. */
export function lessonOf({ cause, holdingPeriodDays, disputeBy, refundedAt, reportedAt }: LostLead): string {
  const deadline = disputeBy === null ? null : Date.parse(disputeBy);
  if (cause === 'zero_day_hold')
    return 'Give the campaign a holding period: with zero days nothing can ever be taken back.';
  if (cause === 'no_dispute_call')
    return 'This network takes no disputes by API: tell them by hand as soon as a refund comes, and mark it done before the deadline.';
  if (cause === 'missed_deadline' || cause === 'missed_in_review') {
    const waited = deadline !== null && reportedAt !== null ? deadline - Date.parse(reportedAt) : null;
    if (waited !== null && waited > 0)
      return `Decide in time: the refund waited here ${days(waited)} before the payout was released.${rule(cause)}`;
    return `Decide in time: the refund was known here before the payout was released.${rule(cause)}`;
  }
  if (cause === 'dispute_refused')
    return 'Dispute earlier: this one was still on its way when the hold ended.';
  if (deadline !== null && refundedAt !== null && reportedAt !== null && Date.parse(refundedAt) < deadline) {
    return 'Report refunds at once (connect your provider’s webhook): this one was made in time, but heard of too late.';
  }
  if (deadline !== null && refundedAt !== null) {
    const late = Date.parse(refundedAt) - deadline;
    const now = holdingPeriodDays === null ? '' : ` of ${holdingPeriodDays} days`;
    return `A longer holding period: the refund came ${days(late)} after the hold${now} had ended.`;
  }
  return 'A holding period that is longer than your refund policy.';
}
