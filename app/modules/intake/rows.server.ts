import type { PostbackInput } from '#app/connectors/types.ts';
import type { MessageRow } from '#app/modules/outbox/index.server.ts';
import { sha256 } from '#app/platform/crypto.server.ts';
import type { RowOf } from '#app/platform/db/dialect.server.ts';
import type { ConversionInput } from './schema.ts';

export const CONVERSION = {
  id: 'text',
  accountId: 'text',
  campaignKey: 'text',
  externalId: 'text',
  eventType: 'text',
  revenueCents: 'bigint',
  currency: 'text',
  ref: 'text',
  refSource: 'text',
  recordType: 'text',
  recordId: 'text',
  metadata: 'text',
  customer: 'text',
  customerId: 'text',
  coupon: 'text',
  paymentIds: 'text',
  occurredAt: 'time',
  contentHash: 'text',
  origin: 'text',
  postbackId: 'text',
  createdAt: 'time',
} as const;
export type ConversionRow = RowOf<typeof CONVERSION> & {
  id: string;
  accountId: string;
  campaignKey: string;
  externalId: string;
  contentHash: string;
};

export interface NewConversion {
  accountId: string;
  input: ConversionInput;
  origin: 'api' | 'wizard';
}

/** A tracking code and where it came from. */
export interface ResolvedRef {
  ref: string | null;
  source: 'request' | 'record' | null;
}

const PAYMENT_KINDS: Record<string, string> = {
  cs: 'session',
  pi: 'payment_intent',
  ch: 'charge',
  py: 'charge',
  in: 'invoice',
  sub: 'subscription',
  txn: 'transaction',
};

/** What kind of id a payment id is, where the provider's prefix says so (cs_, pi_, sub_…); null where it does not. */
export function kindOfPaymentId(paymentId: string): string | null {
  const prefix = /^([a-z]{2,3})_/.exec(paymentId)?.[1];
  return prefix === undefined ? null : (PAYMENT_KINDS[prefix] ?? null);
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** Hash over all that the caller said, to tell a repeat from a conflict. The place of keys does not matter. */
export function contentHash({ network: _account, ...said }: ConversionInput): string {
  return sha256(stable(said));
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The conversion's row. `postbackId` is null where there is no tracking code: nothing will be sent. */
export function conversionRow(
  conversion: NewConversion,
  resolved: ResolvedRef,
  ids: { id: string; postbackId: string | null },
  now: Date,
): ConversionRow {
  const { input } = conversion;
  return {
    ...ids,
    accountId: conversion.accountId,
    campaignKey: input.campaignId ?? '',
    externalId: input.externalId,
    eventType: input.eventType,
    revenueCents: input.revenueCents ?? null,
    currency: input.currency ?? null,
    ref: resolved.ref,
    refSource: resolved.source,
    recordType: input.record?.type ?? null,
    recordId: input.record?.id ?? null,
    metadata: json(input.metadata),
    customer: json(input.customer),
    customerId: input.customer?.id ?? null,
    coupon: input.coupon ?? null,
    paymentIds: json(input.paymentIds),
    occurredAt: input.occurredAt ? new Date(input.occurredAt) : now,
    contentHash: contentHash(input),
    origin: conversion.origin,
    createdAt: now,
  };
}

/** The postback of a conversion: its outbox message, due at once. */
export function postbackRow(row: ConversionRow, input: ConversionInput, now: Date): MessageRow {
  const payload: PostbackInput = {
    ref: row.ref ?? '',
    externalId: row.externalId,
    eventType: input.eventType,
    revenueCents: row.revenueCents,
    currency: row.currency,
    metadata: row.metadata,
    occurredAt: (row.occurredAt ?? now).toISOString(),
    customer: (input.customer as PostbackInput['customer']) ?? null,
    coupon: row.coupon,
  };
  return {
    id: row.postbackId,
    kind: 'postback',
    accountId: row.accountId,
    conversionId: row.id,
    leadId: null,
    refundId: null,
    networkCampaignId: row.campaignKey === '' ? null : row.campaignKey,
    externalId: row.externalId,
    ref: row.ref,
    eventType: row.eventType,
    revenueCents: row.revenueCents,
    payoutCents: null,
    currency: row.currency,
    payload: JSON.stringify(payload),
    status: 'queued',
    dueAt: now,
    attempts: 0,
    leaseOwner: null,
    leaseUntil: null,
    attemptStartedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}
