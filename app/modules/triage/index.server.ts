export { applyTriage } from './apply-outcomes.server.ts';
export { sweepStrays } from './breaker-strays.server.ts';
export { type BreakerWatch, createBreakerWatch } from './breaker-watch.server.ts';
export { cancelJob } from './cancel-job.server.ts';
export { addNote, changeIssue, reviseIssue } from './change-issue.server.ts';
export type { IssueReadDeps, TriageDeps } from './deps.ts';
export { type ExpectedPayout, expectPayouts, type UnpricedPostback } from './expect-payouts.server.ts';
export { createGate, type Gate } from './gate.server.ts';
export { getIssue } from './get-issue.server.ts';
export { ensureReleaseJob } from './insert-job.server.ts';
export {
  type BreakerSignal,
  type HeldUp,
  type IssueSignal,
  readBreakerSignals,
  readHeldUp,
  readHeldUpTotal,
  readIssueSignals,
} from './issue-signals.server.ts';
export { countOpenIssues, issueTotals } from './issue-totals.server.ts';
export { openJobCsv } from './job-csv.server.ts';
export { createJobRunner, type JobRunner } from './job-runner.server.ts';
export { breakersOfIssues, getBreaker, listBreakers } from './list-breakers.server.ts';
export { listIssues } from './list-issues.server.ts';
export { countJobItems, listJobItems } from './list-job-items.server.ts';
export { activeJobsOfIssues, getJob, type JobPage, listJobs } from './list-jobs.server.ts';
export { changeIssues } from './match-issues.server.ts';
export { messageKey } from './normalise.ts';
export { pause, resume } from './pause.server.ts';
export { previewJob } from './preview-job.server.ts';
export { probeNow } from './probe.server.ts';
export {
  countSeen,
  ensureIssue,
  type Failure,
  type RecordedFailures,
  recordFailures,
} from './record-failures.server.ts';
export { settleIssues } from './settle-issues.server.ts';
export { sortUnsorted } from './sort-unsorted.server.ts';
export { startJob } from './start-job.server.ts';
