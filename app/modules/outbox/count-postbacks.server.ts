import type { Ctx } from '#app/platform/context.server.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import { resolveFilter } from './find-postbacks.server.ts';
import type { PageBounds, ResolvedFilter } from './postback-conditions.server.ts';
import { COUNT_CAP, type Counted, type PostbackFilter } from './postback-schema.ts';
import { idsSql } from './postback-sql.server.ts';
import { lookedThrough } from './walk-postbacks.server.ts';

/** How many messages match, counted up to 1,001 (shown as "1,000+"). */
export async function countPostbacks(
  ctx: Pick<Ctx, 'store'>,
  filter: PostbackFilter,
  bounds: { above?: string } = {},
): Promise<number> {
  return (await countResolved(ctx, await resolveFilter(ctx, filter), bounds)).n;
}

/** Counts up to 1,000 of what a looked-up filter matches, within the rows that may be looked through (LOOK_CAP). */
export async function countResolved(
  ctx: Pick<Ctx, 'store'>,
  filter: ResolvedFilter,
  bounds: { above?: string | undefined } = {},
): Promise<Counted> {
  const { dialect } = ctx.store;
  const run = async (within: PageBounds): Promise<number> => {
    const { args, param } = parameters(dialect);
    const [row] = await ctx.store.query<{ n: number | bigint }>(
      `SELECT count(*) AS "n" FROM (${idsSql(dialect, filter, within, param)}) AS c`,
      ...args,
    );
    return Number(row?.n ?? 0);
  };
  const { found, lastLooked } = await lookedThrough(
    ctx.store,
    filter,
    { order: 'newest', limit: COUNT_CAP, ...bounds },
    { run, enough: (n) => n >= COUNT_CAP },
  );
  return { n: found, more: lastLooked !== null || found >= COUNT_CAP };
}
