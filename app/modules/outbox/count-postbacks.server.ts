import type { Ctx } from '#app/platform/context.server.ts';
import { resolveFilter } from './find-postbacks.server.ts';
import { COUNT_CAP, type PostbackFilter } from './postback-schema.ts';
import { idsSql, parameters } from './postback-sql.server.ts';

/** How many messages match, counted up to 1,001 (shown as "1,000+"). */
export async function countPostbacks(
  ctx: Pick<Ctx, 'store'>,
  filter: PostbackFilter,
  bounds: { above?: string } = {},
): Promise<number> {
  const resolved = await resolveFilter(ctx, filter);
  const { dialect } = ctx.store;
  const { args, param } = parameters(dialect);
  const ids = idsSql(dialect, resolved, { order: 'newest', limit: COUNT_CAP, ...bounds }, param);
  const [row] = await ctx.store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (${ids}) AS c`,
    ...args,
  );
  return Number(row?.n ?? 0);
}
