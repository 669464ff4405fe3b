import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { plainRefundId } from './schema.ts';
import type { ReasonFacts, TemplateKind } from './template-schema.ts';

/** What a reason is written from, for many leads at once. */
export interface LeadReason {
  /** Row id of the refund that the reason names, or null. */
  refundRowId: string | null;
  facts: ReasonFacts;
}

interface Row {
  leadRowId: string;
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

const COLUMNS = `l."id" AS "leadRowId", l."networkLeadId", l."externalId", l."payoutCents", l."currency" AS "payoutCurrency",
  c."currency" AS "orderCurrency", r."id" AS "refundRowId", r."refundId", r."copyOf", r."kind", r."amountCents",
  r."currency" AS "refundCurrency", r."source", r."occurredAt",
  COALESCE(r."paymentId", (SELECT k."key" FROM "RefundKey" k WHERE k."refundId" = COALESCE(r."copyOf", r."id")
    AND k."kind" IN ('payment_intent', 'transaction', 'charge') ORDER BY CASE k."kind" WHEN 'payment_intent' THEN 0 WHEN 'transaction' THEN 1 ELSE 2 END, k."key" LIMIT 1)) AS "paymentId"`;

/** Open refunds first: a dispute is for those; of several the first, as for a single dispute. */
const FOREMOST = `CASE WHEN r."disposition" IN ('needs_review', 'awaiting_lead', 'manual', 'in_grace') THEN 0 ELSE 1 END, r."id"`;

const num = (value: number | bigint | null): number | null => (value === null ? null : Number(value));

const factsOf = (row: Row): LeadReason => ({
  refundRowId: row.refundRowId,
  facts: {
    leadId: row.networkLeadId,
    externalId: row.externalId,
    payoutCents: num(row.payoutCents),
    currency: row.payoutCurrency,
    refund:
      row.refundId === null || row.kind === null || row.occurredAt === null
        ? null
        : {
            refundId: plainRefundId({ refundId: row.refundId, copyOf: row.copyOf }),
            kind: row.kind,
            amountCents: num(row.amountCents),
            currency: row.refundCurrency ?? row.orderCurrency,
            paymentId: row.paymentId,
            source: row.source ?? '',
            occurredAt: new Date(row.occurredAt).toISOString(),
          },
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
  return new Map(rows.map((row) => [row.leadRowId, factsOf(row)]));
}

/** By refund (row ids): each with its lead. Refunds without a lead are left out. */
export async function reasonsOfRefunds(
  conn: Conn,
  refundIds: readonly string[],
): Promise<Map<string, LeadReason>> {
  const rows = await conn.query<Row>(
    `SELECT ${COLUMNS} FROM "Refund" r JOIN "Lead" l ON l."id" = r."leadId" JOIN "Conversion" c ON c."id" = l."conversionId"
     WHERE ${conn.dialect.inList('r."id"', 1)}`,
    JSON.stringify(refundIds),
  );
  return new Map(rows.map((row) => [row.refundRowId ?? '', factsOf(row)]));
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
