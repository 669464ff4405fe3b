import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import { COUNT_CAP, DAY_MS, DUE_MS, type LeadFilter, type LeadTotal } from './lead-schema.ts';
import { conditionsOf, orderOf, resolveLeads } from './list-leads-sql.server.ts';

/** Numbers of the tabs, by their view. */
export type LeadCounts = Record<'refunded' | 'due' | 'held' | 'disputed' | 'released', number>;

/** Deadline groups: due within a day, within three, and later. */
export type DeadlineTotals = Record<'today' | 'soon' | 'later', LeadTotal>;

type Read = Pick<Ctx, 'store' | 'clock'>;

/** How many leads match and what they are worth by currency; both stop at 1,001 leads. */
export async function readLeadTotal(
  ctx: Pick<Ctx, 'store'>,
  filter: LeadFilter,
  between: { from?: Date; to?: Date } = {},
): Promise<LeadTotal> {
  const { dialect } = ctx.store;
  const params = parameters(dialect);
  const conditions = conditionsOf(dialect, await resolveLeads(ctx, filter), params);
  if (between.from) conditions.push(`"disputeBy" >= ${params.param(dialect.time(between.from))}`);
  if (between.to) conditions.push(`"disputeBy" < ${params.param(dialect.time(between.to))}`);
  // asked for in its order, the index is walked rather than the table
  const order = orderOf(filter) === 'newest' ? '' : 'ORDER BY "disputeBy"';
  const rows = await ctx.store.query<{
    currency: string | null;
    n: number | bigint;
    minor: number | bigint | string | null;
  }>(
    `SELECT "currency", count(*) AS "n", sum("minor") AS "minor" FROM
       (SELECT "currency", COALESCE("payoutCents", "expectedCents") AS "minor" FROM "Lead" WHERE ${conditions.join(' AND ') || '1 = 1'} ${order} LIMIT ${COUNT_CAP}) t
     GROUP BY "currency" ORDER BY count(*) DESC`,
    ...params.args,
  );
  const count = rows.reduce((sum, row) => sum + Number(row.n), 0);
  const sums = rows.flatMap((row) =>
    row.currency === null || row.minor === null ? [] : [{ currency: row.currency, minor: Number(row.minor) }],
  );
  return { count, sums: count >= COUNT_CAP ? [] : sums };
}

/** The numbers beside the tabs. */
export async function countLeads(ctx: Read): Promise<LeadCounts> {
  const count = async (filter: LeadFilter): Promise<number> => (await readLeadTotal(ctx, filter)).count;
  const dueBefore = new Date(nowOf(ctx).getTime() + DUE_MS).toISOString();
  const [refunded, due, held, disputed, released] = await Promise.all([
    count({ refunded: true }),
    count({ dueBefore }),
    count({ holdState: ['pending_release'] }),
    count({ holdState: ['disputed'] }),
    count({ holdState: ['released'] }),
  ]);
  return { refunded, due, held, disputed, released };
}

/** What is due within a day, within three, and later, of the leads that a filter finds. */
export async function readDeadlineTotals(ctx: Read, filter: LeadFilter): Promise<DeadlineTotals> {
  const now = nowOf(ctx).getTime();
  const [day, three] = [new Date(now + DAY_MS), new Date(now + DUE_MS)];
  const [today, soon, later] = await Promise.all([
    readLeadTotal(ctx, filter, { to: day }),
    readLeadTotal(ctx, filter, { from: day, to: three }),
    readLeadTotal(ctx, filter, { from: three }),
  ]);
  return { today, soon, later };
}
