/** Causes of losses in words, in the order of their tabs. */
export const CAUSES: Record<string, string> = {
  missed_deadline: 'Deadline missed',
  missed_in_review: 'Missed in review',
  released_before_refund: 'Refunded after release',
  zero_day_hold: 'No holding period',
  dispute_refused: 'Dispute refused',
  no_dispute_call: 'Network without disputes',
};
