import type { Ctx } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { StatementParameters } from '#app/platform/db/parameters.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import type { LeadFilter, LeadOrder } from './lead-schema.ts';

/** Refunds that are not settled yet. */
const OPEN_REFUND = `"disposition" IN ('needs_review', 'manual', 'disputing')`;
const SEARCH_CAP = 1000;

/** A filter whose names and search have been looked up. */
export interface ResolvedLeads extends Omit<LeadFilter, 'network' | 'q'> {
  accountIds: readonly string[] | null;
  ids: readonly string[] | null;
}

/** Where a page begins: the sort key of the row beside it. `at` is its deadline, null where it has none. */
export interface LeadCursor {
  at: number | null;
  id: string;
}

export const writeCursor = (row: { id: string; disputeBy: Date | null }): string =>
  `${row.disputeBy?.getTime() ?? ''}.${row.id}`;

/** Reads a cursor back; null where the text is none. */
export function readCursor(text: string): LeadCursor | null {
  const match = /^(\d{0,15})\.(led_[0-9A-Z]{1,40})$/.exec(text);
  return match ? { at: match[1] ? Number(match[1]) : null, id: match[2] as string } : null;
}

/** The order in which a filter's leads are walked: by deadline where one hold state is asked for, for its index. */
export function orderOf(filter: LeadFilter): LeadOrder {
  if (filter.dueBefore !== undefined || filter.refunded) return 'deadline';
  if (filter.holdState?.length !== 1) return 'newest';
  return filter.holdState[0] === 'pending_release' ? 'deadline' : 'released';
}

/** Conditions of a filter on "Lead", without the cursor. */
export function conditionsOf(
  dialect: Dialect,
  filter: ResolvedLeads,
  { param, inList }: StatementParameters,
): string[] {
  const out: string[] = [];
  const states =
    filter.dueBefore !== undefined || filter.refunded ? ['pending_release'] : (filter.holdState ?? []);
  // few leads are named: on SQLite the plus keeps the walk from going through a whole hold state instead
  const few = filter.refunded || filter.ids !== null;
  const holdState = few && dialect.name === 'sqlite' ? '+"holdState"' : '"holdState"';
  if (states.length > 0) out.push(`${holdState} IN (${states.map((state) => param(state)).join(', ')})`);
  if (filter.dueBefore !== undefined)
    out.push(`"disputeBy" < ${param(dialect.time(Date.parse(filter.dueBefore)))}`);
  if (filter.releaseFrom !== undefined)
    out.push(`"disputeBy" >= ${param(dialect.time(Date.parse(filter.releaseFrom)))}`);
  if (filter.releaseTo !== undefined)
    out.push(`"disputeBy" < ${param(dialect.time(Date.parse(filter.releaseTo)))}`);
  if (filter.currency !== undefined) out.push(`"currency" = ${param(filter.currency)}`);
  if (filter.refunded) out.push(`"id" IN (SELECT r."leadId" FROM "Refund" r WHERE r.${OPEN_REFUND})`);
  if (filter.status?.length) out.push(inList('"status"', filter.status));
  if (filter.accountIds) out.push(inList('"accountId"', filter.accountIds));
  if (filter.campaign?.length) out.push(inList('"networkCampaignId"', filter.campaign));
  if (filter.affiliate !== undefined) out.push(`"affiliateId" = ${param(filter.affiliate)}`);
  if (filter.ids) out.push(inList('"id"', filter.ids));
  // an id carries the time it was made: a bound on the id keeps the walk short
  if (filter.from !== undefined)
    out.push(
      `"id" >= ${param(firstIdAt('led', Date.parse(filter.from)))}`,
      `"createdAt" >= ${param(dialect.time(Date.parse(filter.from)))}`,
    );
  if (filter.to !== undefined) out.push(`"createdAt" < ${param(dialect.time(Date.parse(filter.to)))}`);
  return out;
}

/** The condition of a cursor and the ORDER BY that belongs to it; `back` walks towards the start. */
export function walk(
  dialect: Dialect,
  order: LeadOrder,
  cursor: LeadCursor | null,
  back: boolean,
  { param }: StatementParameters,
): { conditions: string[]; orderBy: string } {
  const down = (order !== 'deadline') !== back;
  const [direction, sign] = down ? ['DESC', '<'] : ['ASC', '>'];
  const orderBy = order === 'newest' ? `"id" ${direction}` : `"disputeBy" ${direction}, "id" ${direction}`;
  if (!cursor) return { conditions: [], orderBy };
  if (order === 'newest') return { conditions: [`"id" ${sign} ${param(cursor.id)}`], orderBy };
  if (cursor.at === null)
    return { conditions: ['"disputeBy" IS NULL', `"id" ${sign} ${param(cursor.id)}`], orderBy };
  const at = dialect.time(cursor.at);
  return {
    conditions: [
      `"disputeBy" ${sign}= ${param(at)}`,
      `NOT ("disputeBy" = ${param(at)} AND "id" ${sign === '>' ? '<=' : '>='} ${param(cursor.id)})`,
    ],
    orderBy,
  };
}

/** Looks up the names and the search of a filter. */
export async function resolveLeads(ctx: Pick<Ctx, 'store'>, filter: LeadFilter): Promise<ResolvedLeads> {
  const { network, q, ...rest } = filter;
  const accounts = network?.length
    ? await ctx.store.prisma.networkAccount.findMany({
        where: { name: { in: [...network] } },
        select: { id: true },
      })
    : null;
  return {
    ...rest,
    accountIds: accounts?.map((account) => account.id) ?? null,
    ids: q === undefined ? null : await searchIds(ctx.store, q),
  };
}

/** Leads that a text names: by their own ids, an order's, a refund's or payment's, a tracking code. Case counts. */
async function searchIds(conn: Conn, q: string): Promise<string[]> {
  const { p } = conn.dialect;
  const ways = [
    `SELECT "id" FROM "Lead" WHERE "id" = ${p(1)}`,
    `SELECT "id" FROM "Lead" WHERE "accountId" IN (SELECT a."id" FROM "NetworkAccount" a) AND "networkLeadId" = ${p(1)}`,
    `SELECT "id" FROM "Lead" WHERE "externalId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT "leadId" AS "id" FROM "Refund" WHERE "refundId" = ${p(1)} AND "leadId" IS NOT NULL`,
    `SELECT l."id" FROM "PaymentRef" y JOIN "Lead" l ON l."conversionId" = y."conversionId" WHERE y."paymentId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT l."id" FROM "Conversion" c JOIN "Lead" l ON l."conversionId" = c."id" WHERE c."ref" = ${p(1)} LIMIT ${SEARCH_CAP}`,
  ];
  const found = await Promise.all(ways.map((sql) => conn.query<{ id: string }>(sql, q)));
  return [...new Set(found.flat().map((row) => row.id))];
}
