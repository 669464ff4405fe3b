export { type AnsweredDispute, applyDisputes, recordMissedDeadlines } from './apply-dispute.server.ts';
export { decideReview } from './decide-review.server.ts';
export { type DisputeDeps, evaluateRefund, reconsiderWaiting } from './evaluate-refund.server.ts';
export { openDispute, UNDO_MS, undoDispute } from './open-dispute.server.ts';
export { decideRefund, disputeReason } from './policy.ts';
export { rematchRefunds, reportRefund } from './report-refund.server.ts';
