import type { Ctx } from '#app/platform/context.server.ts';
import { viewOf } from './rows.server.ts';
import type { Reason, ResultRow } from './schema.ts';

export interface ListRowsInput {
  runId: number;
  /** Only these; all where left out. */
  reasons?: readonly Reason[] | undefined;
  /** An id, exactly. */
  key?: string | undefined;
  /** 1–1,000, 50 where left out. */
  limit?: number | undefined;
  /** Cursors: number of the last row of the page before, or of the first row of the page after. */
  after?: number | undefined;
  before?: number | undefined;
}

export interface ResultPage {
  items: ResultRow[];
  nextAfter: number | null;
  prevBefore: number | null;
}

/** Result rows in the order of the file; those of the other direction stand last. Walks of an index, bounded. */
export async function listRows(ctx: Pick<Ctx, 'store'>, input: ListRowsInput): Promise<ResultPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const backwards = input.before !== undefined;
  const { reasons } = input;
  // one walk for each reason: merged they keep the order, and none of them skips over rows of another reason
  const walks: (Reason | null)[] = reasons && reasons.length > 0 ? [...reasons] : [null];
  const found: ResultRow[] = [];
  for (const reason of walks) found.push(...(await walk(ctx, input, reason, limit + 1)));
  found.sort((a, b) => (backwards ? b.n - a.n : a.n - b.n));
  const more = found.length > limit;
  const page = found.slice(0, limit);
  if (backwards) page.reverse();
  const [first, last] = [page.at(0)?.n ?? null, page.at(-1)?.n ?? null];
  return {
    items: page,
    nextAfter: backwards || more ? last : null,
    prevBefore: (backwards ? more : input.after !== undefined) ? first : null,
  };
}

async function walk(
  ctx: Pick<Ctx, 'store'>,
  input: ListRowsInput,
  reason: Reason | null,
  take: number,
): Promise<ResultRow[]> {
  const { dialect } = ctx.store;
  const args: unknown[] = [input.runId];
  const where = [`"runId" = ${dialect.p(1)}`];
  if (input.key !== undefined) where.push(`"key" = ${dialect.p(args.push(input.key))}`);
  if (reason !== null) where.push(`"reason" = ${dialect.p(args.push(reason))}`);
  if (input.before !== undefined) where.push(`"n" < ${dialect.p(args.push(input.before))}`);
  else if (input.after !== undefined) where.push(`"n" > ${dialect.p(args.push(input.after))}`);
  const rows = await ctx.store.query<Parameters<typeof viewOf>[0]>(
    `SELECT * FROM "ReconciliationRow" WHERE ${where.join(' AND ')}
     ORDER BY "n" ${input.before === undefined ? 'ASC' : 'DESC'} LIMIT ${take}`,
    ...args,
  );
  return rows.map(viewOf);
}
