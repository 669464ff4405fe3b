export { cancelUnsent } from './cancel-message.server.ts';
export { claimDue, nextDueAt } from './claim.server.ts';
export type { Dispatcher } from './dispatcher.ts';
export { MAX_INTERRUPTIONS, nextState, retryRefusal } from './policy.ts';
export { recoverLeases } from './recover-leases.server.ts';
export { retryMessage } from './retry-message.server.ts';
export { insertMessages, insertMessagesSql, type LeasedMessage, MESSAGE, type MessageRow } from './rows.server.ts';
export { type AttemptRow, type SettlementRow, settleAttempts } from './settle.server.ts';
export { skipStep } from './skip-wait.server.ts';
