import { z } from 'zod';
import type { PaymentKey } from '#app/modules/disputes/schema.ts';
import type { Became } from './processed.ts';
import { EVENT_STATES, type EventState, SOURCES, type SourceId, type Verdict } from './schema.ts';

/** An endpoint as pages show it. Times are UTC ISO. Client-safe: never a secret. */
export interface EndpointView {
  id: string;
  source: SourceId;
  name: string;
  /** Path on this Leadline: /webhooks/stripe/default. */
  path: string;
  /** Null where it was made from the environment before there was any account: its events wait. */
  accountId: string | null;
  network: string | null;
  enabled: boolean;
  origin: string;
  mapping: unknown;
  /** Masked secrets, newest first; an old one says until when it still counts. */
  secrets: { hint: string; addedAt: string; endsAt: string | null }[];
  lastEventAt: string | null;
  /** Events that need a look: failed and refused ones of the last seven days, counted up to 1,001. */
  troubled: number;
  createdAt: string;
}

/** One delivery of a provider as lists show it. */
export interface EventItem {
  id: string;
  endpointId: string;
  eventId: string | null;
  type: string | null;
  /** The provider's id of what it is about: a session, charge, refund, order… */
  subjectId: string | null;
  testMode: boolean;
  verdict: Verdict;
  state: EventState;
  /** Why it was refused, failed, ignored or waits. */
  words: string | null;
  became: Became[];
  deliveries: number;
  bodyBytes: number;
  occurredAt: string | null;
  receivedAt: string;
  handledAt: string | null;
  /** When its body and headers were cleared; null while they are kept. */
  bodyRemovedAt: string | null;
}

export interface EventDetail extends EventItem {
  body: string;
  bodyEncoding: 'utf8' | 'base64';
  headers: [string, string][];
}

export interface EventPage {
  items: EventItem[];
  /** Ids to page on from, older and newer; null where there is no more. */
  next: string | null;
  prev: string | null;
}

/** What an event says by a mapping. Amounts are integer minor units. */
export type FoundView =
  | {
      kind: 'conversion';
      externalId: string;
      eventType: string;
      amountCents: number;
      currency: string;
      ref: string | null;
      record: { type: string; id: string } | null;
      coupon: string | null;
      keys: PaymentKey[];
      words: string | null;
    }
  | {
      kind: 'refund';
      refundId: string | null;
      amountCents: number | null;
      currency: string | null;
      keys: PaymentKey[];
      words: string | null;
    }
  | { kind: 'reversal'; refundId: string | null; reversal: 'won' | 'failed'; keys: PaymentKey[] }
  | { kind: 'nothing'; words: string }
  /** It cannot be understood by this mapping; `words` name the field. */
  | { kind: 'fault'; words: string };

/** One real event beside itself: by the present mapping, by the one that is tried, and (`event.became`) what it became. */
export interface MappingPreview {
  event: EventItem;
  was: FoundView;
  would: FoundView;
  changes: boolean;
}

/** Filters of an endpoint's events, as they stand in the URL. `q`: an id, exactly: of the event, or of what it is about. */
export const eventFilter = z.object({
  state: z.enum(EVENT_STATES).optional().catch(undefined),
  verdict: z.enum(['verified', 'refused']).optional().catch(undefined),
  type: z.string().min(1).max(255).optional().catch(undefined),
  q: z.string().min(1).max(255).optional().catch(undefined),
  /** Live ones alone, or the provider's tests alone. */
  mode: z.enum(['live', 'test']).optional().catch(undefined),
});
export type EventFilter = z.output<typeof eventFilter>;

export const endpointInput = z.strictObject({
  source: z.enum(SOURCES, { error: `Choose ${SOURCES.join(', ')}` }),
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,39}$/,
      'The name is 1–40 lower-case letters, digits and dashes, e.g. "store-eu"',
    ),
  accountId: z.string().min(1, 'Choose the account that its conversions are reported to'),
  secret: z
    .string()
    .refine((text) => text === text.trim(), 'The secret begins or ends with a space: paste it without')
    .min(8, 'The secret is too short: paste the whole signing secret the provider shows')
    .max(255, 'The secret is longer than 255 characters'),
});
export type EndpointInput = z.output<typeof endpointInput>;
