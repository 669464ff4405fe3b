import { encodeTime } from 'ulid';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { safetyOf } from './deadline-safety.server.ts';
import { COUNT_CAP, type RefundFilter, type RefundItem } from './inbox-schema.ts';
import { decideBy, type Safety } from './policy-rules.ts';
import { choicesFor, DISPOSITIONS, type Disposition, plainRefundId } from './schema.ts';

type Read = Pick<Ctx, 'store'>;
type RefundRow = NonNullable<Awaited<ReturnType<Conn['prisma']['refund']['findUnique']>>>;

export interface RefundPage {
  items: RefundItem[];
  nextAfter: string | null;
  prevBefore: string | null;
}

const SEARCH_CAP = 1000;
const num = (value: bigint | null): number | null => (value === null ? null : Number(value));
const idAt = (iso: string): string => `rfd_${encodeTime(Math.max(0, Date.parse(iso)), 10)}`;

/** Conditions of a filter on "Refund", with their arguments; `args`: those that stand before them in the statement. */
export async function conditionsOf(
  { store }: Read,
  filter: RefundFilter,
  args: unknown[] = [],
): Promise<{ where: string[]; args: unknown[]; param(value: unknown): string }> {
  const { dialect } = store;
  const param = (value: unknown): string => dialect.p(args.push(value));
  const inList = (column: string, values: readonly string[]): string =>
    dialect.inList(column, args.push(JSON.stringify(values)));
  const where: string[] = [];
  if (filter.disposition?.length)
    where.push(`"disposition" IN (${filter.disposition.map(param).join(', ')})`);
  if (filter.kind?.length) where.push(inList('"kind"', filter.kind));
  if (filter.source?.length) where.push(inList('"source"', filter.source));
  if (filter.q !== undefined) where.push(inList('"id"', await searchIds(store, filter.q)));
  if (filter.from !== undefined) where.push(`"id" >= ${param(idAt(filter.from))}`);
  if (filter.to !== undefined) where.push(`"id" < ${param(idAt(filter.to))}`);
  return { where, args, param };
}

/** Refunds that a text names: by their own id, the order's, a payment's, or the lead's. */
async function searchIds(conn: Conn, q: string): Promise<string[]> {
  const { p } = conn.dialect;
  const ways = [
    `SELECT "id" FROM "Refund" WHERE "id" = ${p(1)}`,
    `SELECT "id" FROM "Refund" WHERE "refundId" = ${p(1)}`,
    `SELECT x."id" FROM "Refund" r JOIN "Refund" x ON x."copyOf" = r."id" WHERE r."refundId" = ${p(1)}`,
    `SELECT "id" FROM "Refund" WHERE "leadId" = ${p(1)}`,
    `SELECT r."id" FROM "Conversion" c JOIN "Refund" r ON r."conversionId" = c."id" WHERE c."externalId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT r."id" FROM "PaymentRef" y JOIN "Refund" r ON r."conversionId" = y."conversionId" WHERE y."paymentId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT "id" FROM "Refund" WHERE "disposition" = 'unmatched' AND "externalId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT "id" FROM "Refund" WHERE "disposition" = 'unmatched' AND "paymentId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
  ];
  const found = await Promise.all(ways.map((sql) => conn.query<{ id: string }>(sql, q)));
  return [...new Set(found.flat().map((row) => row.id))];
}

/** One page of refunds, newest first. `after` and `before` are ids of rows. */
export async function listRefunds(
  ctx: Read,
  input: { filter: RefundFilter; limit: number; after?: string | undefined; before?: string | undefined },
): Promise<RefundPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 200);
  const back = input.before !== undefined;
  const { where, args, param } = await conditionsOf(ctx, input.filter);
  if (input.before !== undefined) where.push(`"id" > ${param(input.before)}`);
  else if (input.after !== undefined) where.push(`"id" < ${param(input.after)}`);
  const found = await ctx.store.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE ${where.join(' AND ') || '1 = 1'} ORDER BY "id" ${back ? 'ASC' : 'DESC'} LIMIT ${limit + 1}`,
    ...args,
  );
  const page = found.slice(0, limit);
  if (back) page.reverse();
  const more = found.length > limit;
  return {
    items: await readRefunds(
      ctx,
      page.map((row) => row.id),
    ),
    nextAfter: back || more ? (page.at(-1)?.id ?? null) : null,
    prevBefore: (back ? more : input.after !== undefined) ? (page.at(0)?.id ?? null) : null,
  };
}

/** Refunds of one disposition, those with the nearest deadline first, without one last. At most `limit`. */
export async function listByDeadline(ctx: Read, filter: RefundFilter, limit: number): Promise<RefundItem[]> {
  const { where, args } = await conditionsOf(ctx, filter);
  const found = await ctx.store.query<{ id: string }>(
    `SELECT r."id" FROM (SELECT * FROM "Refund" WHERE ${where.join(' AND ') || '1 = 1'}) r LEFT JOIN "Lead" l ON l."id" = r."leadId"
     ORDER BY CASE WHEN l."disputeBy" IS NULL THEN 1 ELSE 0 END, l."disputeBy", r."id" LIMIT ${Math.trunc(limit)}`,
    ...args,
  );
  return readRefunds(
    ctx,
    found.map((row) => row.id),
  );
}

/** How many refunds have each disposition, each counted up to 1,001. */
export async function countRefunds(ctx: Read): Promise<Record<Disposition, number>> {
  const counts = await Promise.all(
    DISPOSITIONS.map(
      async (disposition) =>
        [disposition, (await refundTotal(ctx, { disposition: [disposition] })).count] as const,
    ),
  );
  return Object.fromEntries(counts) as Record<Disposition, number>;
}

/** How many refunds match, up to 1,001, and what their leads pay by currency; no sums where the count is capped. */
export async function refundTotal(
  ctx: Read,
  filter: RefundFilter,
): Promise<{ count: number; sums: { currency: string; minor: number }[] }> {
  const { where, args } = await conditionsOf(ctx, filter);
  const rows = await ctx.store.query<{
    currency: string | null;
    n: number | bigint;
    minor: number | bigint | string | null;
  }>(
    `SELECT l."currency", count(*) AS "n", sum(l."payoutCents") AS "minor" FROM
       (SELECT "leadId" FROM "Refund" WHERE ${where.join(' AND ') || '1 = 1'} LIMIT ${COUNT_CAP}) r LEFT JOIN "Lead" l ON l."id" = r."leadId" GROUP BY l."currency"`,
    ...args,
  );
  const count = rows.reduce((sum, row) => sum + Number(row.n), 0);
  const sums = rows.flatMap((row) =>
    row.currency === null || row.minor === null ? [] : [{ currency: row.currency, minor: Number(row.minor) }],
  );
  return { count, sums: count >= COUNT_CAP ? [] : sums };
}

/** Refunds by id, in the order given, with their order, lead, dispute and loss. */
export async function readRefunds({ store }: Read, ids: readonly string[]): Promise<RefundItem[]> {
  if (ids.length === 0) return [];
  const { prisma } = store;
  const rows = await prisma.refund.findMany({ where: { id: { in: [...ids] } } });
  const some = (values: (string | null)[]): string[] => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const [conversions, leads, messages, losses] = await Promise.all([
    prisma.conversion.findMany({
      where: { id: { in: some(rows.map((row) => row.conversionId)) } },
      select: { id: true, externalId: true, revenueCents: true, currency: true, postbackId: true },
    }),
    prisma.lead.findMany({ where: { id: { in: some(rows.map((row) => row.leadId)) } } }),
    prisma.outboxMessage.findMany({
      where: { id: { in: some(rows.map((row) => row.disputeMessageId)) } },
      omit: { payload: true },
    }),
    prisma.loss.findMany({ where: { leadId: { in: some(rows.map((row) => row.leadId)) } } }),
  ]);
  const postbacks = await prisma.outboxMessage.findMany({
    where: { id: { in: some(conversions.map((row) => row.postbackId)) } },
    select: { id: true, status: true },
  });
  const safety = new Map<string, Safety>();
  for (const accountId of new Set(leads.map((lead) => lead.accountId)))
    safety.set(accountId, await safetyOf(store, accountId));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const order = conversions.find((one) => one.id === row.conversionId);
    const lead = leads.find((one) => one.id === row.leadId);
    const dispute = messages.find((one) => one.id === row.disputeMessageId);
    const loss = losses.find((one) => one.leadId === row.leadId);
    return [
      {
        ...plain(row),
        order: order
          ? {
              externalId: order.externalId,
              revenueCents: num(order.revenueCents),
              currency: order.currency,
              postbackId: order.postbackId,
              postbackStatus: postbacks.find((one) => one.id === order.postbackId)?.status ?? null,
            }
          : null,
        lead: lead
          ? {
              networkLeadId: lead.networkLeadId,
              payoutCents: num(lead.payoutCents ?? lead.expectedCents),
              currency: lead.currency,
              holdState: lead.holdState,
              disputeBy: lead.disputeBy?.toISOString() ?? null,
              decideBy: decideByOf(lead, safety.get(lead.accountId)),
              affiliateId: lead.affiliateId,
              approvalId: lead.approvalId,
            }
          : null,
        dispute: dispute
          ? {
              messageId: dispute.id,
              status: dispute.status,
              attempts: dispute.attempts,
              dueAt: dispute.dueAt.toISOString(),
              errorMessage: dispute.errorMessage,
            }
          : null,
        loss: loss
          ? { payoutCents: num(loss.payoutCents), currency: loss.currency, cause: loss.cause }
          : null,
      },
    ];
  });
}

const decideByOf = (lead: { disputeBy: Date | null }, safety: Safety | undefined): string | null =>
  lead.disputeBy && safety ? decideBy(lead.disputeBy, safety).toISOString() : null;

const plain = (row: RefundRow) => ({
  id: row.id,
  refundId: plainRefundId(row),
  externalId: row.externalId,
  paymentId: row.paymentId,
  kind: row.kind,
  amountCents: num(row.amountCents),
  full: row.full,
  note: row.note,
  source: row.source,
  disposition: row.disposition as Disposition,
  explanation: row.explanation,
  occurredAt: row.occurredAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  currency: row.currency,
  matchedBy: row.matchedBy,
  matchDoubt: row.matchDoubt,
  graceUntil: row.graceUntil?.toISOString() ?? null,
  reversal: row.reversal,
  reversedAt: row.reversedAt?.toISOString() ?? null,
  copyOf: row.copyOf,
  choices: choicesFor(row.disposition),
  conversionId: row.conversionId,
  leadId: row.leadId,
});
