import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { LeasedMessage } from '#app/modules/outbox/index.server.ts';
import type { FinishedAttempt } from './attempt.server.ts';

/** What holds a message back: it is parked under this breaker, and shown under this issue. */
export interface Hold {
  breakerId: string;
  issueId: string;
}

/** Null: it may leave. `wait`: a refusal has been read and is being written down; ask again when that is settled. */
export type Verdict = Hold | { wait: Promise<void> } | null;

/**
 * Stands before every attempt. What closes it is not delivery's business: it is given by the composition root
 * (app/modules/triage/gate.server.ts).
 */
export interface DeliveryGate {
  /** Synchronous and in memory: asked for every attempt, at the last moment. */
  check(message: LeasedMessage): Verdict;
  /**
   * Parks a message that is held back. `parked`: it waits, without an attempt. `gone`: its lease was lost, another
   * worker has it. `free`: nothing holds it back any more, ask again. Rejects when the store is at fault.
   */
  park(message: LeasedMessage, hold: Hold): Promise<'parked' | 'gone' | 'free'>;
  /**
   * Told of every answer as soon as it is read, before it is written: a refusal that all others would get closes the
   * gate at once. The function it answers is called when the answer is committed, or cannot be.
   */
  notice(finished: FinishedAttempt, account: OpenAccount): (() => Promise<void>) | null;
}
