import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { ConversionFacts, LeadFacts, RefundFacts } from './detail-schema.ts';

type Rows = {
  [K in 'conversion' | 'lead' | 'refund']: NonNullable<Awaited<ReturnType<Conn['prisma'][K]['findUnique']>>>;
};

/** A conversion as pages and the API tell it: without its customer. */
export const conversionFacts = (row: Rows['conversion']): ConversionFacts => ({
  id: row.id,
  externalId: row.externalId,
  eventType: row.eventType,
  revenueCents: numberOrNull(row.revenueCents),
  currency: row.currency,
  ref: row.ref,
  refSource: row.refSource,
  recordType: row.recordType,
  recordId: row.recordId,
  coupon: row.coupon,
  origin: row.origin,
  occurredAt: row.occurredAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

export const leadFacts = (row: Rows['lead']): LeadFacts => ({
  id: row.id,
  networkLeadId: row.networkLeadId,
  status: row.status,
  holdState: row.holdState,
  holdingPeriodDays: row.holdingPeriodDays,
  holdAssumed: row.holdAssumed,
  disputeBy: row.disputeBy?.toISOString() ?? null,
  disputedAt: row.disputedAt?.toISOString() ?? null,
  payoutCents: numberOrNull(row.payoutCents),
  currency: row.currency,
  trackingCode: row.trackingCode,
  affiliateId: row.affiliateId,
  flags: row.flags ? (JSON.parse(row.flags) as LeadFacts['flags']) : [],
  createdAt: row.createdAt.toISOString(),
});

export const refundFacts = (row: Rows['refund']): RefundFacts => ({
  id: row.id,
  refundId: row.refundId,
  kind: row.kind,
  amountCents: numberOrNull(row.amountCents),
  disposition: row.disposition,
  explanation: row.explanation,
  occurredAt: row.occurredAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});
