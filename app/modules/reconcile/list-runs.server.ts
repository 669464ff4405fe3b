import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { runDetail, runView } from './rows.server.ts';
import type { RunDetail, RunView } from './schema.ts';

export interface RunPage {
  items: RunView[];
  nextAfter: number | null;
  prevBefore: number | null;
}

/** Reconciliations, newest first. Cursors: id of the last row of the page before, or of the first of the page after. */
export async function listRuns(
  ctx: Pick<Ctx, 'store'>,
  input: { after?: number | undefined; before?: number | undefined; limit?: number } = {},
): Promise<RunPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 200);
  const backwards = input.before !== undefined;
  const cursor = backwards ? { gt: input.before } : input.after === undefined ? null : { lt: input.after };
  const rows = await ctx.store.prisma.reconciliation.findMany({
    where: { state: { notIn: ['deleting'] }, ...(cursor ? { id: cursor } : {}) },
    orderBy: { id: backwards ? 'asc' : 'desc' },
    take: limit + 1,
  });
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();
  const [first, last] = [page.at(0)?.id ?? null, page.at(-1)?.id ?? null];
  return {
    items: page.map(runView),
    nextAfter: backwards || more ? last : null,
    prevBefore: (backwards ? more : input.after !== undefined) ? first : null,
  };
}

/** One reconciliation. Throws NOT_FOUND, also for one that is being deleted. */
export async function getRun(ctx: Pick<Ctx, 'store'>, id: number): Promise<RunDetail> {
  const row = isId(id) ? await ctx.store.prisma.reconciliation.findUnique({ where: { id } }) : null;
  if (!row || row.state === 'deleting')
    throw new AppError('NOT_FOUND', `There is no reconciliation with the number ${id}.`);
  return runDetail(row);
}

/** What the column can hold. */
const isId = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 31;
