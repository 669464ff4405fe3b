import type { PaymentKey } from '#app/modules/disputes/schema.ts';
import type { SourceId } from '../schema.ts';

export type { PaymentKey };

/** What a request brings; names of headers in lower case. */
export interface SignedRequest {
  /** The bytes as they came: never decoded before the check. */
  raw: Uint8Array;
  header(name: string): string | null;
}

/** `why` tells the sender's owner what to do; it holds no secret. */
export type Verification = { ok: true } | { ok: false; why: string };

/** What an event says of itself. Times are UTC ISO. */
export interface EventHead {
  eventId: string;
  type: string;
  testMode: boolean;
  /** The provider's id of what the event is about; null where it names none. */
  subjectId: string | null;
  occurredAt: string | null;
}

/** A conversion as a provider's event tells it. Money is integer minor units. */
export interface FoundConversion {
  kind: 'conversion';
  externalId: string;
  eventType: 'PURCHASE' | 'SUBSCRIPTION';
  revenueCents: number;
  currency: string;
  ref: string | null;
  record: { type: string; id: string } | null;
  coupon: string | null;
  customer: { email?: string; id?: string; ip?: string; userAgent?: string };
  keys: PaymentKey[];
  occurredAt: string | null;
  /** Only where no paid conversion of this subscription is known yet. */
  onlyFirstOf: OnlyFirst | null;
}

/** `said`: what the provider calls this payment: the beginning of the subscription, or one that follows it. */
export interface OnlyFirst extends PaymentKey {
  said: 'first' | 'later';
}

export interface FoundRefund {
  kind: 'refund';
  refundId: string;
  refundKind: 'refund' | 'chargeback';
  amountCents: number | null;
  currency: string | null;
  /** True where the provider says so; null where the order decides. */
  full: boolean | null;
  keys: PaymentKey[];
  occurredAt: string | null;
  note: string | null;
  /** Why a person must decide, whatever the policy says; null where it need not. */
  ask: string | null;
  /** Only where the transaction was reported as a conversion before this happened (a payment that failed afterwards). */
  onlyIfConverted: boolean;
}

/**
 * What has been given back of a charge so far, without the refund's own id. What is not known yet of it is a refund
 * of its own; the same refund told with its id is that one, not a second.
 */
export interface FoundTotal {
  kind: 'refunded_total';
  charge: string;
  totalCents: number;
  currency: string;
  full: boolean;
  /** The refunds of the charge that come with it under their own ids (older API versions). */
  named: FoundRefund[];
  keys: PaymentKey[];
  occurredAt: string | null;
}

export interface FoundReversal {
  kind: 'reversal';
  /** Null where the provider names only the payment: then its chargeback is meant. */
  refundId: string | null;
  reversal: 'won' | 'failed';
  keys: PaymentKey[];
  /** The refund itself where the event carries it whole: told first by its failure, it is known from then on. */
  refund: FoundRefund | null;
  occurredAt: string | null;
}

/** Nothing follows; `words` say why. */
export interface FoundNothing {
  kind: 'nothing';
  words: string;
  /** Ids that belong to one payment: a refund that names one of them finds its order by another. */
  links?: PaymentKey[];
}

export type Found = FoundConversion | FoundRefund | FoundTotal | FoundReversal | FoundNothing;

/** An event that is signed rightly but cannot be understood; `field` names the place. */
export class EventFault extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.name = 'EventFault';
    this.field = field;
  }
}

/** Everything that differs from provider to provider. All functions are pure. */
export interface WebhookSource<Mapping> {
  id: SourceId;
  label: string;
  /** Types that mean something to us; others are kept and ignored. */
  eventTypes: readonly string[];
  /** Of these, the types whose meaning the mapping decides; it says nothing about the others. */
  mappedTypes: readonly string[];
  /** Types of earlier events about the same thing that mean something only once its conversion is known. */
  lookAgain: readonly string[];
  /** True where one of the secrets signed these bytes, within the tolerance of `now` (ms) where a time is signed. */
  verify(request: SignedRequest, secrets: readonly string[], now: number): Verification;
  /** Whether an event that comes again under its id says the same as before; what each delivery counts may differ. */
  saysTheSame(before: unknown, again: unknown): boolean;
  /** Throws EventFault. */
  readHead(event: unknown, request: Pick<SignedRequest, 'header'>): EventHead;
  /** Throws EventFault where a field that is needed is missing or of another kind. */
  interpret(type: string, event: unknown, mapping: Mapping): Found;
}
