import type { Explanation } from '#app/connectors/types.ts';
import type { CodeChange } from './code-undo.ts';
import type { LadderRung } from './ladder-schema.ts';
import type { PostbackItem } from './postback-schema.ts';

/** Milliseconds; null where it was no part of the attempt or is not known. */
export interface AttemptTimings {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  /** It went over a connection that was there already. */
  reused: boolean;
}

/** One try with its evidence, as it was kept: credentials masked, bodies of answers cut off at 64 KB. Client-safe. */
export interface AttemptItem {
  id: string;
  number: number;
  startedAt: string;
  durationMs: number | null;
  /** Where the time went; null where nothing of it is known. */
  timings: AttemptTimings | null;
  requestMethod: string | null;
  requestUrl: string | null;
  requestHeaders: Record<string, string>;
  requestBody: string | null;
  responseStatus: number | null;
  responseHeaders: Record<string, string>;
  responseBody: string | null;
  bodyEncoding: 'utf8' | 'base64' | null;
  /** Bytes of the whole answer, as far as it was read. */
  responseBytes: number | null;
  truncated: boolean;
  outcome: string;
  errorCode: string | null;
  errorMessage: string | null;
  errorDetails: { path: string; message: string }[];
}

/** The lead that a postback opened. */
export interface LeadFacts {
  id: string;
  networkLeadId: string;
  status: string | null;
  holdState: string;
  holdingPeriodDays: number;
  holdAssumed: boolean;
  disputeBy: string | null;
  disputedAt: string | null;
  payoutCents: number | null;
  currency: string | null;
  trackingCode: string | null;
  affiliateId: string | null;
  flags: { code: string; message: string }[];
  createdAt: string;
}

export interface ConversionFacts {
  id: string;
  externalId: string;
  eventType: string;
  revenueCents: number | null;
  currency: string | null;
  ref: string | null;
  /** request, record: the record outranks (RG-04). */
  refSource: string | null;
  recordType: string | null;
  recordId: string | null;
  coupon: string | null;
  /** api, wizard */
  origin: string;
  occurredAt: string;
  createdAt: string;
}

export interface RefundFacts {
  id: string;
  refundId: string;
  kind: string;
  amountCents: number | null;
  disposition: string;
  explanation: string;
  occurredAt: string;
  createdAt: string;
}

/** Where a tracking code passed on its way from the link to the network. Client-safe and pure (RG-06). */
export type TracePlace = 'url' | 'cookie' | 'record' | 'conversion' | 'body';

export interface TraceStop {
  place: TracePlace;
  /** Which one, in a word: "order". */
  note: string | null;
  /** The exact text there; null where nothing was seen. */
  value: string | null;
  /** UTC ISO; null where not known. */
  at: string | null;
}

/** A code that was probably meant by the one the network does not know. */
export interface LikelyCode {
  ref: string;
  /**
   * How Leadline knows it. accepted: the network took a postback with it · test: the test code of a campaign · record:
   * it is on a record · captured: a visitor arrived with it · earlier: it stood earlier on this code's own way.
   */
  seen: 'accepted' | 'test' | 'record' | 'captured' | 'earlier';
  /** What happened to it on the way, as words of their own: `case`, `whitespace`, `percent`… */
  changes: CodeChange[];
  /** How the code that was sent differs from it, as sentences. */
  words: string[];
}

export interface CodeTrace {
  stops: TraceStop[];
  /** Only after NOT_FOUND. */
  likely: LikelyCode | null;
  /** What is strange about the code that was sent, by itself, as sentences; only after NOT_FOUND. */
  oddities: string[];
}

export interface AuditFact {
  id: string;
  actorName: string;
  actorType: string;
  action: string;
  createdAt: string;
}

export interface PostbackDetail extends Omit<PostbackItem, 'attempts'> {
  attemptsMade: number;
  attempts: AttemptItem[];
  attemptStartedAt: string | null;
  /** Why it stands as it does, in plain words; null where nothing is wrong. */
  explanation: Explanation | null;
  ladder: LadderRung[];
  /** Steps left to skip to; false where the coming attempt is the last one or none is scheduled. */
  canSkip: boolean;
  trace: CodeTrace;
  conversion: ConversionFacts | null;
  lead: LeadFacts | null;
  refunds: RefundFacts[];
  audit: AuditFact[];
  /** Name of the connector for environment variables and icons: "regatta". */
  connectorId: string;
  /** How many other messages of this state failed for the same code, up to 1,000. */
  othersWithCause: number;
}
