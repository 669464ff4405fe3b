import type { Ctx } from '#app/platform/context.server.ts';
import { COUNT_CAP, type RefundFilter } from './inbox-schema.ts';
import { conditionsOf, findRefunds } from './list-refunds-find.server.ts';
import { type RefundPage, readRefunds } from './list-refunds-read.server.ts';
import { DISPOSITIONS, type Disposition } from './schema.ts';

export { listByDeadline } from './list-refunds-due.server.ts';
export { conditionsOf } from './list-refunds-find.server.ts';
export { type RefundPage, readRefunds } from './list-refunds-read.server.ts';

type Read = Pick<Ctx, 'store'>;

/** One page of refunds, newest first; 1,000 at most. `after` and `before` are ids of rows. */
export async function listRefunds(
  ctx: Read,
  input: { filter: RefundFilter; limit: number; after?: string | undefined; before?: string | undefined },
): Promise<RefundPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 1_000);
  const back = input.before !== undefined;
  const found = await findRefunds(ctx, {
    filter: input.filter,
    beyond: input.before ?? input.after,
    oldest: back,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  if (back) page.reverse();
  const more = found.length > limit;
  return {
    items: await readRefunds(ctx, page),
    nextAfter: back || more ? (page.at(-1) ?? null) : null,
    prevBefore: (back ? more : input.after !== undefined) ? (page.at(0) ?? null) : null,
  };
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

/**
 * How many refunds match, up to 1,001, and what their leads pay by currency: a lead with several refunds pays once. No
 * sums where the count is capped.
 */
export async function refundTotal(
  ctx: Read,
  filter: RefundFilter,
): Promise<{ count: number; sums: { currency: string; minor: number }[] }> {
  // a kind or a source may be rare: then the walk that looks for them counts too
  const rare = filter.q === undefined && Boolean(filter.kind?.length || filter.source?.length);
  const { where, args } = rare
    ? idsOnly(ctx, await findRefunds(ctx, { filter, oldest: false, limit: COUNT_CAP }))
    : await conditionsOf(ctx, filter);
  const rows = await ctx.store.query<{
    currency: string | null;
    n: number | bigint | string;
    minor: number | bigint | string | null;
  }>(
    `SELECT l."currency", sum(r."n") AS "n", sum(l."payoutCents") AS "minor" FROM
       (SELECT "leadId", count(*) AS "n" FROM (SELECT "leadId" FROM "Refund" WHERE ${where.join(' AND ') || '1 = 1'} LIMIT ${COUNT_CAP}) x
        GROUP BY "leadId") r LEFT JOIN "Lead" l ON l."id" = r."leadId" GROUP BY l."currency"`,
    ...args,
  );
  const count = rows.reduce((sum, row) => sum + Number(row.n), 0);
  const sums = rows.flatMap((row) =>
    row.currency === null || row.minor === null ? [] : [{ currency: row.currency, minor: Number(row.minor) }],
  );
  return { count, sums: count >= COUNT_CAP ? [] : sums };
}

/** The condition that a refund is one of these. */
const idsOnly = ({ store }: Read, ids: readonly string[]): { where: string[]; args: unknown[] } => ({
  where: [store.dialect.inList('"id"', 1)],
  args: [JSON.stringify(ids)],
});
