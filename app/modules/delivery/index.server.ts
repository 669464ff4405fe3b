export type { FinishedAttempt } from './attempt.server.ts';
export type { DeliveryGate, Hold, Verdict } from './gate.ts';
export { createWorker, type Worker } from './worker.server.ts';
