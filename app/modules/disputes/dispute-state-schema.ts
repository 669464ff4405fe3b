/** Where the dispute of a lead stands, as pages and the API show it. Times are UTC ISO. Client-safe. */

/**
 * waiting_approval: asked for, another person must agree · queued: leaves at `at` · sending: under way since `at` ·
 * ambiguous: sent, and no answer settled it: the network may have it since `at` (retried at `nextTryAt`; null: it is
 * under way, or was given up) · retrying: it cannot have reached the network, tried again · parked: held back with all
 * others to this network · disputed · refused: by the network, at `at` · stopped: given up before it reached the network.
 */
export const DISPUTE_STATES = [
  'none',
  'waiting_approval',
  'queued',
  'sending',
  'ambiguous',
  'retrying',
  'parked',
  'disputed',
  'refused',
  'stopped',
] as const;

export interface DisputeState {
  state: (typeof DISPUTE_STATES)[number];
  at: string | null;
  nextTryAt: string | null;
  /** Attempts begun. */
  attempts: number;
  messageId: string | null;
  approvalId: string | null;
  /** What it means, in a sentence; null where there is nothing to say. */
  words: string | null;
}

/** One try of a dispute, newest first in a list. */
export interface DisputeTry {
  messageId: string;
  number: number;
  startedAt: string;
  durationMs: number | null;
  /** accepted, duplicate, retryable, rejected, interrupted. */
  outcome: string;
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
}

export interface DisputeDetail extends DisputeState {
  tries: DisputeTry[];
}
