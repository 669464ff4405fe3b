import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { JobItemView } from './job-schema.ts';
import type { ItemState } from './schema.ts';

export interface ListJobItemsInput {
  jobId: string;
  /** Only rows in these states; all where left out. */
  state?: ItemState | undefined;
  /** 1–1,000, 50 where left out. */
  limit?: number | undefined;
  /** Cursors: message id of the last row of the page before, or of the first row of the page after. */
  after?: string | undefined;
  before?: string | undefined;
}

export interface JobItemPage {
  items: JobItemView[];
  nextAfter: string | null;
  prevBefore: string | null;
}

type Row = Omit<JobItemView, 'httpStatus'> & { httpStatus: number | bigint | null };

/** Rows of a job with what each came to, oldest message first. One walk of an index, whatever the job's size. */
export async function listJobItems(ctx: Pick<Ctx, 'store'>, input: ListJobItemsInput): Promise<JobItemPage> {
  const { dialect } = ctx.store;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const backwards = input.before !== undefined;
  const cursor = input.before ?? input.after;
  const args: unknown[] = [input.jobId];
  const conditions = [`"jobId" = ${dialect.p(1)}`];
  if (input.state) conditions.push(`"state" = ${dialect.p(args.push(input.state))}`);
  if (cursor !== undefined)
    conditions.push(`"messageId" ${backwards ? '<' : '>'} ${dialect.p(args.push(cursor))}`);
  const direction = backwards ? 'DESC' : 'ASC';
  const rows = await ctx.store.query<Row>(
    `WITH page AS (SELECT "messageId", "state", "before", "outcome" FROM "BulkItem" WHERE ${conditions.join(' AND ')}
                   ORDER BY "messageId" ${direction} LIMIT ${limit + 1})
     SELECT page."messageId", page."state", page."before", page."outcome", m."externalId", m."ref", m."status", m."errorCode", m."httpStatus"
     FROM page CROSS JOIN "OutboxMessage" m WHERE m."id" = page."messageId" ORDER BY page."messageId" ${direction}`,
    ...args,
  );
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();
  const [first, last] = [page.at(0)?.messageId ?? null, page.at(-1)?.messageId ?? null];
  return {
    items: page.map((row) => ({
      ...row,
      httpStatus: numberOrNull(row.httpStatus),
    })),
    nextAfter: backwards || more ? last : null,
    prevBefore: (backwards ? more : input.after !== undefined) ? first : null,
  };
}

/** Counts of a job's rows stop here: shown as "1,000+". */
const CAP = 1_001;

/** How many rows of a job are in each state, counted up to 1,001. */
export async function countJobItems(
  ctx: Pick<Ctx, 'store'>,
  jobId: string,
): Promise<Record<ItemState, number>> {
  const { dialect } = ctx.store;
  const count = async (state: ItemState): Promise<number> => {
    const [row] = await ctx.store.query<{ n: number | bigint }>(
      `SELECT count(*) AS "n" FROM (SELECT 1 FROM "BulkItem" WHERE "jobId" = ${dialect.p(1)} AND "state" = '${state}' LIMIT ${CAP}) AS c`,
      jobId,
    );
    return Number(row?.n ?? 0);
  };
  const [waiting, under_way, done, failed, skipped, canceled] = await Promise.all(
    (['waiting', 'under_way', 'done', 'failed', 'skipped', 'canceled'] as const).map(count),
  );
  return {
    waiting: waiting ?? 0,
    under_way: under_way ?? 0,
    done: done ?? 0,
    failed: failed ?? 0,
    skipped: skipped ?? 0,
    canceled: canceled ?? 0,
  };
}
