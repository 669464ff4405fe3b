export {
  type AnsweredDispute,
  applyDisputes,
  recordMissedDeadlines,
  reviveLosses,
} from './apply-dispute.server.ts';
export { decideReview } from './decide-review.server.ts';
export { type DisputeDeps, evaluateRefund, reconsiderWaiting } from './evaluate-refund.server.ts';
export { getRefund, type RefundDetail } from './get-refund.server.ts';
export { type LossSum, listLosses, readLossSums } from './list-losses.server.ts';
export {
  countRefunds,
  listByDeadline,
  listRefunds,
  type RefundPage,
  refundTotal,
} from './list-refunds.server.ts';
export { NO_DISPUTE_CALL, openDispute, UNDO_MS, undoDispute } from './open-dispute.server.ts';
export { decideRefund, disputeReason, suggestedReason } from './policy.ts';
export { linkRefund, rematchRefunds } from './rematch-refunds.server.ts';
export { type ReportedRefund, reportRefund } from './report-refund.server.ts';
