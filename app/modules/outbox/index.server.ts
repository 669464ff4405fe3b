export { cancelUnsent } from './cancel-message.server.ts';
export { claimDue, nextDueAt } from './claim.server.ts';
export { countPostbacks, countResolved } from './count-postbacks.server.ts';
export type { Dispatcher } from './dispatcher.ts';
export { resolveFilter, type SearchBodies } from './find-postbacks.server.ts';
export { getPostback, type PostbackReadDeps } from './get-postback.server.ts';
export { listPostbacks, type PostbackPage } from './list-postbacks.server.ts';
export { type Matching, matchPostbacks } from './match-postbacks.server.ts';
export { scheduleOfMessage } from './message-schedule.server.ts';
export { letGoUnsent, parkMessages, stillLeased } from './park.server.ts';
export { MAX_INTERRUPTIONS, nextState, untilAnswered } from './policy.ts';
export type { ConnectorFor } from './postback-items.server.ts';
export { readCodeTrace } from './read-code-trace.server.ts';
export { readDepsOf } from './read-deps.ts';
export { conversionFacts, leadFacts, refundFacts } from './read-facts.server.ts';
export { recoverLeases } from './recover-leases.server.ts';
export { retryMessage } from './retry-message.server.ts';
export {
  insertMessages,
  insertMessagesSql,
  type LeasedMessage,
  MESSAGE,
  type MessageRow,
} from './rows.server.ts';
export { type AttemptRow, type SettlementRow, settleAttempts } from './settle.server.ts';
export { skipStep } from './skip-wait.server.ts';
export { walkIds } from './walk-postbacks.server.ts';
