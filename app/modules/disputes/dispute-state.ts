import type { DisputeState } from './dispute-state-schema.ts';

/** Where a lead's dispute stands, from its rows. Pure. */

export interface StateFacts {
  lead: {
    holdState: string;
    disputedAt: Date | null;
    disputeMessageId: string | null;
    approvalId: string | null;
  };
  /** The dispute under way, else the last there was. */
  message: {
    id: string;
    status: string;
    attempts: number;
    dueAt: Date;
    attemptStartedAt: Date | null;
    firstMaySentAt: Date | null;
    settledAt: Date | null;
    errorMessage: string | null;
  } | null;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/**
 * One that may have reached the network stays ambiguous, whatever follows without an answer, until the network's own
 * answer settles it (issue 4, point 5).
 */
export function stateOf({ lead, message }: StateFacts): DisputeState {
  const base: DisputeState = {
    state: 'none',
    at: null,
    nextTryAt: null,
    attempts: message?.attempts ?? 0,
    messageId: message?.id ?? null,
    approvalId: lead.approvalId,
    words: null,
  };
  if (lead.holdState === 'disputed') return { ...base, state: 'disputed', at: iso(lead.disputedAt) };
  if (lead.approvalId !== null)
    return { ...base, state: 'waiting_approval', words: 'It waits for approval by another person.' };
  if (!message || message.status === 'canceled') return base;
  const { status, firstMaySentAt } = message;
  if (status === 'failed')
    return {
      ...base,
      state: 'refused',
      at: iso(message.settledAt),
      words: `The network refused the dispute${message.errorMessage ? `: ${message.errorMessage}` : ''}.`,
    };
  if (status === 'delivered' || status === 'duplicate')
    return { ...base, state: 'disputed', at: iso(message.settledAt) };
  if (firstMaySentAt !== null) return ambiguous(base, message, firstMaySentAt);
  switch (status) {
    case 'sending':
      return { ...base, state: 'sending', at: iso(message.attemptStartedAt), words: 'It is being sent.' };
    case 'queued':
      return { ...base, state: 'queued', at: iso(message.dueAt), nextTryAt: iso(message.dueAt) };
    case 'parked':
      return {
        ...base,
        state: 'parked',
        words: 'It is held back: this network refuses all calls at the moment. It leaves when that is over.',
      };
    case 'retrying':
      return {
        ...base,
        state: 'retrying',
        at: iso(message.attemptStartedAt),
        nextTryAt: iso(message.dueAt),
        words: 'The network could not be reached. It is tried again by itself.',
      };
    default:
      return {
        ...base,
        state: 'stopped',
        at: iso(message.settledAt),
        words: 'It could not be delivered: all attempts failed. Dispute the lead again before its deadline.',
      };
  }
}

function ambiguous(
  base: DisputeState,
  { status, dueAt }: NonNullable<StateFacts['message']>,
  since: Date,
): DisputeState {
  const over = status === 'exhausted';
  return {
    ...base,
    state: 'ambiguous',
    at: iso(since),
    nextTryAt: over || status === 'sending' ? null : iso(dueAt),
    words: over
      ? 'Sent, no answer: the network may have it, and all retries are used up. Dispute the lead again: the answer settles it.'
      : 'Sent, no answer yet: the network may have it. Retried until it answers.',
  };
}
