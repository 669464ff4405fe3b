import type { Outcome } from '#app/connectors/types.ts';
import type { MessageStatus } from './schema.ts';

/** Interrupted attempts do not use up the ladder, but a message that only ever interrupts must stop somewhere. */
export const MAX_INTERRUPTIONS = 25;

export interface NextState {
  status: MessageStatus;
  /** Place on the ladder after this attempt. */
  step: number;
  /** When the next attempt is due; null where none is. */
  dueInMs: number | null;
}

/**
 * What becomes of a message after an attempt (RG-30, RG-31). `step` is the place on the ladder before it, `random`
 * a number in [0, 1) for the jitter, which lengthens a step by up to a tenth and never shortens it. `Retry-After`
 * wins when it is longer than the step.
 */
export function nextState(
  outcome: Exclude<Outcome, 'interrupted'>,
  step: number,
  schedule: readonly number[],
  retryAfterMs: number | null,
  random: number,
): NextState {
  switch (outcome) {
    case 'accepted':
      return { status: 'delivered', step, dueInMs: null };
    case 'duplicate':
      return { status: 'duplicate', step, dueInMs: null };
    case 'test':
      return { status: 'test', step, dueInMs: null };
    case 'rejected':
      return { status: 'failed', step, dueInMs: null };
    case 'retryable': {
      const seconds = schedule[step];
      if (seconds === undefined) return { status: 'exhausted', step, dueInMs: null };
      const ladderMs = Math.ceil(seconds * 1000 * (1 + random * 0.1));
      return { status: 'retrying', step: step + 1, dueInMs: Math.max(ladderMs, retryAfterMs ?? 0) };
    }
  }
}

const ASK_AGAIN_S = 3_600;

/**
 * A dispute that may have reached the network is sent until an answer settles it (issue 4, point 5): behind its ladder
 * once for each of the last waits. Given up, it would be told as failed, or as a loss, though the network may have
 * taken the payout back. `random` as for `nextState`.
 */
export function untilAnswered(
  next: NextState,
  schedule: readonly number[],
  retryAfterMs: number | null,
  random: number,
): NextState {
  if (next.status !== 'exhausted') return next;
  const seconds = schedule.at(-1) || ASK_AGAIN_S;
  const waitMs = Math.ceil(seconds * 1000 * (1 + random * 0.1));
  return { status: 'retrying', step: next.step, dueInMs: Math.max(waitMs, retryAfterMs ?? 0) };
}

/** Why a message cannot be retried by hand, or null when it can. `force` re-sends what the network already has. */
export function retryRefusal(status: MessageStatus, force = false): string | null {
  switch (status) {
    case 'failed':
    case 'exhausted':
    case 'parked':
    case 'retrying':
    case 'queued':
      return null;
    case 'sending':
      return 'An attempt is under way right now: wait for its answer.';
    case 'canceled':
      return 'This postback was canceled before it was sent: the order was refunded, so nothing is owed.';
    case 'delivered':
    case 'duplicate':
    case 'test':
      return force
        ? null
        : 'The network already has this conversion. Sending it again would only be answered as a duplicate.';
  }
}
