import type { LeasedMessage } from './rows.server.ts';

/**
 * How fresh messages reach the worker of the same process without a second trip to the store: intake reserves
 * places, writes the lease in the insert, and hands the committed messages over.
 */
export interface Dispatcher {
  readonly owner: string;
  readonly leaseMs: number;
  /** Takes up to `wanted` places; answers how many were free. */
  reserve(wanted: number): number;
  /** Starts messages whose lease is committed; each uses one reserved place. */
  accept(messages: readonly LeasedMessage[]): void;
  /** Gives reserved places back. */
  release(places: number): void;
  /** Something is due: look. */
  wake(): void;
}
