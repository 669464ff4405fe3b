import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { plainRefundId } from './schema.ts';
import type { ReasonFacts, TemplateKind } from './template-schema.ts';

/** A lead or a refund as its dispute finds it: both as they stand, and what a reason is written from. */
export interface LeadReason {
  /** Null for a refund without one. */
  lead: {
    id: string;
    accountId: string;
    externalId: string;
    holdState: string;
    disputeBy: Date | null;
    disputeMessageId: string | null;
    approvalId: string | null;
    payoutCents: bigint | null;
    currency: string | null;
  } | null;
  /** The refund that the reason names, or null. */
  refund: { id: string; disposition: string; matchDoubt: string | null; kind: string } | null;
  /** Null without a lead. */
  facts: ReasonFacts | null;
}

interface Row {
  leadRowId: string | null;
  accountId: string;
  holdState: string;
  disputeBy: Date | string | number | null;
  disputeMessageId: string | null;
  approvalId: string | null;
  disposition: string;
  matchDoubt: string | null;
  networkLeadId: string;
  externalId: string;
  payoutCents: number | bigint | null;
  payoutCurrency: string | null;
  orderCurrency: string | null;
  refundRowId: string | null;
  refundId: string | null;
  copyOf: string | null;
  kind: string | null;
  amountCents: number | bigint | null;
  refundCurrency: string | null;
  paymentId: string | null;
  source: string | null;
  occurredAt: Date | string | number | null;
}

const COLUMNS = `l."id" AS "leadRowId", l."accountId", l."holdState", l."disputeBy", l."disputeMessageId", l."approvalId",
  r."disposition", r."matchDoubt", l."networkLeadId", l."externalId", l."payoutCents", l."currency" AS "payoutCurrency",
  c."currency" AS "orderCurrency", r."id" AS "refundRowId", r."refundId", r."copyOf", r."kind", r."amountCents",
  r."currency" AS "refundCurrency", r."source", r."occurredAt",
  COALESCE(r."paymentId", (SELECT k."key" FROM "RefundKey" k WHERE k."refundId" = COALESCE(r."copyOf", r."id")
    AND k."kind" IN ('payment_intent', 'transaction', 'charge') ORDER BY CASE k."kind" WHEN 'payment_intent' THEN 0 WHEN 'transaction' THEN 1 ELSE 2 END, k."key" LIMIT 1)) AS "paymentId"`;

/** Open refunds first: a dispute is for those, and rather for one that is surely of this order; of several the first. */
const FOREMOST = `CASE WHEN r."disposition" NOT IN ('needs_review', 'awaiting_lead', 'manual', 'in_grace') THEN 2 WHEN r."matchDoubt" IS NOT NULL THEN 1 ELSE 0 END, r."id"`;

const reasonOf = (row: Row): LeadReason => ({
  lead:
    row.leadRowId === null
      ? null
      : {
          id: row.leadRowId,
          accountId: row.accountId,
          externalId: row.externalId,
          holdState: row.holdState,
          disputeBy: row.disputeBy === null ? null : new Date(row.disputeBy),
          disputeMessageId: row.disputeMessageId,
          approvalId: row.approvalId,
          payoutCents: row.payoutCents === null ? null : BigInt(row.payoutCents),
          currency: row.payoutCurrency,
        },
  refund:
    row.refundRowId === null || row.kind === null
      ? null
      : { id: row.refundRowId, disposition: row.disposition, matchDoubt: row.matchDoubt, kind: row.kind },
  facts: row.leadRowId === null ? null : factsOf(row),
});

const factsOf = (row: Row): ReasonFacts => ({
  leadId: row.networkLeadId,
  externalId: row.externalId,
  payoutCents: numberOrNull(row.payoutCents),
  currency: row.payoutCurrency,
  refund:
    row.refundId === null || row.kind === null || row.occurredAt === null
      ? null
      : {
          refundId: plainRefundId({ refundId: row.refundId, copyOf: row.copyOf }),
          kind: row.kind,
          amountCents: numberOrNull(row.amountCents),
          currency: row.refundCurrency ?? row.orderCurrency,
          paymentId: row.paymentId,
          source: row.source ?? '',
          occurredAt: new Date(row.occurredAt).toISOString(),
        },
});

/** By lead (row ids): each with the refund that stands and that its dispute is for, where there is one. */
export async function reasonsOfLeads(
  conn: Conn,
  leadIds: readonly string[],
): Promise<Map<string, LeadReason>> {
  const rows = await conn.query<Row>(
    `SELECT ${COLUMNS} FROM "Lead" l JOIN "Conversion" c ON c."id" = l."conversionId"
       LEFT JOIN "Refund" r ON r."id" = (SELECT r."id" FROM "Refund" r WHERE r."leadId" = l."id" AND r."reversal" IS NULL ORDER BY ${FOREMOST} LIMIT 1)
     WHERE ${conn.dialect.inList('l."id"', 1)}`,
    JSON.stringify(leadIds),
  );
  return new Map(rows.map((row) => [row.leadRowId ?? '', reasonOf(row)]));
}

/** By refund (row ids): each with its lead, where it has one. */
export async function reasonsOfRefunds(
  conn: Conn,
  refundIds: readonly string[],
): Promise<Map<string, LeadReason>> {
  const rows = await conn.query<Row>(
    `SELECT ${COLUMNS} FROM "Refund" r LEFT JOIN "Lead" l ON l."id" = r."leadId" LEFT JOIN "Conversion" c ON c."id" = l."conversionId"
     WHERE ${conn.dialect.inList('r."id"', 1)}`,
    JSON.stringify(refundIds),
  );
  return new Map(rows.map((row) => [row.refundRowId ?? '', reasonOf(row)]));
}

/** What a reason would be written from for one lead or one refund, by row id; null where there is no lead. */
export async function readReasonFacts(
  { store }: Pick<Ctx, 'store'>,
  of: { leadId: string } | { refundId: string },
): Promise<ReasonFacts | null> {
  const found =
    'leadId' in of
      ? (await reasonsOfLeads(store, [of.leadId])).get(of.leadId)
      : (await reasonsOfRefunds(store, [of.refundId])).get(of.refundId);
  return found?.facts ?? null;
}

/** Refunds looked at for an example. */
const LOOKED = 500;

/** A real refund to show a template on: the newest of its kind that has a lead; null where there is none. */
export async function readSampleFacts(
  ctx: Pick<Ctx, 'store'>,
  kind: TemplateKind,
): Promise<ReasonFacts | null> {
  const { store } = ctx;
  const narrowed = kind === 'any' ? '' : ` AND "kind" = ${store.dialect.p(1)}`;
  const [row] = await store.query<{ id: string }>(
    `SELECT "id" FROM (SELECT "id", "leadId", "kind" FROM "Refund" ORDER BY "id" DESC LIMIT ${LOOKED}) r WHERE "leadId" IS NOT NULL${narrowed} ORDER BY "id" DESC LIMIT 1`,
    ...(kind === 'any' ? [] : [kind]),
  );
  return row ? readReasonFacts(ctx, { refundId: row.id }) : null;
}
