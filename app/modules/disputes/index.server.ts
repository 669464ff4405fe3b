export {
  type AnsweredDispute,
  applyDisputes,
  recordMissedDeadlines,
  reviveLosses,
} from './apply-dispute.server.ts';
export {
  measureSkews,
  readSkews,
  recordSkew,
  SKEW_WARNING_MS,
  type SkewItem,
  safetyOf,
  saveMargin,
} from './deadline-safety.server.ts';
export { decideReview } from './decide-review.server.ts';
export { type DisputeDeps, evaluateRefund, reconsiderWaiting } from './evaluate-refund.server.ts';
export { getRefund, type RefundDetail } from './get-refund.server.ts';
export {
  type LossMonth,
  type LossSum,
  listLosses,
  readLossesByMonth,
  readLossSums,
} from './list-losses.server.ts';
export { type CampaignPolicy, listPolicies } from './list-policies.server.ts';
export {
  countRefunds,
  listByDeadline,
  listRefunds,
  type RefundPage,
  refundTotal,
} from './list-refunds.server.ts';
export { type Match, matchRefund, type RefundSearch } from './match-refund.server.ts';
export { NO_DISPUTE_CALL, openDispute, UNDO_MS, undoDispute } from './open-dispute.server.ts';
export { learnLinks } from './payment-links.server.ts';
export { decideRefund, isFull } from './policy.ts';
export { LOSS_CAUSES, type LossCause } from './record-loss.server.ts';
export { disputeReason, suggestedReason } from './refund-words.ts';
export { rematchRefunds } from './rematch-refunds.server.ts';
export {
  type RefundReport,
  type ReportedRefund,
  type ReportRefundInput,
  reportRefund,
  takeRefund,
} from './report-refund.server.ts';
export { type Reversed, reverseByOtherId, reverseRefund } from './reverse-refund.server.ts';
export { type Policy, policyFor, readPolicy, type SavedPolicy, savePolicy } from './save-policy.server.ts';
export type { PaymentKey } from './schema.ts';
export { endGraces, freeStoppedDisputes } from './tend-disputes.server.ts';
export { type LinkRefund, linkRefund } from './tie-refund.server.ts';
