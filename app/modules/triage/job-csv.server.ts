import type { Ctx } from '#app/platform/context.server.ts';
import type { CsvValue } from '#app/platform/csv.ts';
import { listJobItems } from './list-job-items.server.ts';
import { getJob } from './list-jobs.server.ts';
import type { ItemState } from './schema.ts';

const CHUNK = 1_000;
const HEADER = ['message id', 'externalId', 'tracking code', 'before', 'outcome', 'status now', 'code'];

const UNFINISHED: Partial<Record<ItemState, string>> = {
  waiting: 'waiting',
  under_way: 'under way',
  canceled: 'left as it was',
};

/**
 * A job's rows as CSV records, oldest message first: what each was before, what it came to, and what it is now. Read
 * a chunk at a time; `next` answers null at the end. Throws NOT_FOUND.
 */
export async function openJobCsv(
  ctx: Pick<Ctx, 'store'>,
  jobId: string,
): Promise<{ header: string[]; next(): Promise<CsvValue[][] | null> }> {
  await getJob(ctx, jobId);
  let after: string | undefined;
  let ended = false;
  return {
    header: [...HEADER],
    async next() {
      if (ended) return null;
      const { items, nextAfter } = await listJobItems(ctx, { jobId, limit: CHUNK, after });
      ended = nextAfter === null;
      after = nextAfter ?? undefined;
      return items.map((item) => [
        item.messageId,
        item.externalId,
        item.ref,
        item.before,
        UNFINISHED[item.state] ?? item.outcome,
        item.status,
        item.errorCode,
      ]);
    },
  };
}
