export { type AttemptDeps, type FinishedAttempt, makeAttempt, mayHaveActed } from './attempt.server.ts';
export { keepRequest, maskHeaders, maskValue } from './evidence.ts';
export type { DeliveryGate, Hold, Verdict } from './gate.ts';
export { createWorker, type Worker, type WorkerOptions } from './worker.server.ts';
