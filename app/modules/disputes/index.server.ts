export {
  type AnsweredDispute,
  applyDisputes,
  recordMissedDeadlines,
  reviveLosses,
} from './apply-dispute.server.ts';
export { approveDispute, rejectDispute, withdrawApproval } from './approval-decide.server.ts';
export { countApprovals, type ListApprovals, listApprovals } from './approval-list.server.ts';
export { readFourEyes, saveFourEyes } from './approval-rule.server.ts';
export { tendApprovals } from './approval-stale.server.ts';
export { cancelBatch, type StoppedBatch, undoBatch } from './batch-end.server.ts';
export { getBatch, listBatches, listBatchRows, openBatchCsv } from './batch-list.server.ts';
export { previewBatch } from './batch-preview.server.ts';
export { runBatches } from './batch-run.server.ts';
export { type StartedBatch, startBatch } from './batch-start.server.ts';
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
export { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
export { getRefund, type RefundDetail } from './get-refund.server.ts';
export { listLosses } from './list-losses.server.ts';
export {
  type LossFigures,
  readLossesByCampaign,
  readLossesByMonth,
  readLossFigures,
} from './list-losses-totals.server.ts';
export { type CampaignPolicy, listPolicies } from './list-policies.server.ts';
export {
  countRefunds,
  listByDeadline,
  listRefunds,
  type RefundPage,
  refundTotal,
} from './list-refunds.server.ts';
export { type Match, matchRefund, type RefundSearch } from './match-refund.server.ts';
export { NO_DISPUTE_CALL, type Opened, openDispute, UNDO_MS } from './open-dispute.server.ts';
export { learnLinks } from './payment-links.server.ts';
export { decideRefund, isFull } from './policy.ts';
export { getDisputeState, readDisputeStates } from './read-dispute-state.server.ts';
export { reconsiderWaiting } from './reconsider-waiting.server.ts';
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
export { deleteTemplate, getTemplate, listTemplates, saveTemplate } from './template-crud.server.ts';
export { readReasonFacts, readSampleFacts } from './template-facts.server.ts';
export { endGraces, freeStoppedDisputes } from './tend-disputes.server.ts';
export { type LinkRefund, linkRefund } from './tie-refund.server.ts';
export { undoDispute } from './undo-dispute.server.ts';
