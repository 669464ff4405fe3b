/** Words of provider webhooks that the console shares with the server. Client-safe. */

export { KEY_KINDS, type KeyKind } from '#app/modules/disputes/schema.ts';

export const SOURCES = ['stripe', 'shopify', 'paddle'] as const;
export type SourceId = (typeof SOURCES)[number];

/** verified: the signature fits the raw bytes. refused: it does not, or it is too old or too new. */
export type Verdict = 'verified' | 'refused';

/**
 * handled: became what `became` says. ignored: nothing to do, and why. waiting: durable, to be processed. failed:
 * could not be understood or processed; a person can replay it. refused: the signature was not believed.
 */
export const EVENT_STATES = ['handled', 'ignored', 'waiting', 'failed', 'refused'] as const;
export type EventState = (typeof EVENT_STATES)[number];

/** Largest body that is read, in bytes. */
export const BODY_MAX = 1024 * 1024;
/** How far a signed time may lie from ours, both ways, in ms. */
export const TOLERANCE_MS = 300_000;
