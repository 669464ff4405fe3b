/** Words of the outbox that the console and the API share with the server. Client-safe. */

export const POSTBACK_STATUSES = [
  'queued',
  'sending',
  'retrying',
  'delivered',
  'duplicate',
  'test',
  'failed',
  'exhausted',
  'parked',
  'canceled',
] as const;
export type MessageStatus = (typeof POSTBACK_STATUSES)[number];

export type MessageKind = 'postback' | 'dispute';

/** Statuses in which the network has the conversion. */
export const ACCEPTED_STATUSES: readonly MessageStatus[] = ['delivered', 'duplicate', 'test'];
/** Statuses that need a person. */
export const ATTENTION_STATUSES: readonly MessageStatus[] = ['failed', 'exhausted', 'parked'];
