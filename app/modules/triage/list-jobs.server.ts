import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { ACTIVE, jobView } from './job-row.server.ts';
import type { JobDetail, JobView } from './job-schema.ts';
import { selectionWords } from './job-words.ts';
import type { JobState } from './schema.ts';

export interface ListJobsInput {
  state?: readonly JobState[] | undefined;
  /** 1–1,000, 50 where left out. */
  limit?: number | undefined;
  /** Cursors: id of the last row of the page before, or of the first row of the page after. */
  after?: string | undefined;
  before?: string | undefined;
}

export interface JobPage {
  items: JobView[];
  nextAfter: string | null;
  prevBefore: string | null;
}

/** Bulk jobs, newest first (ids sort by time). */
export async function listJobs(ctx: Pick<Ctx, 'store'>, input: ListJobsInput = {}): Promise<JobPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const backwards = input.before !== undefined;
  const cursor = backwards ? { gt: input.before } : input.after === undefined ? null : { lt: input.after };
  const walk = (state?: JobState) =>
    ctx.store.prisma.bulkJob.findMany({
      where: { ...(state ? { state } : {}), ...(cursor ? { id: cursor } : {}) },
      orderBy: { id: backwards ? 'asc' : 'desc' },
      take: limit + 1,
    });
  // an index holds each state in this order, not several: one walk of each, merged
  const states = [...new Set(input.state)];
  const rows = states.length === 0 ? await walk() : (await Promise.all(states.map(walk))).flat();
  if (states.length > 1) rows.sort((a, b) => (a.id < b.id === backwards ? -1 : 1));
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();
  const [first, last] = [page.at(0)?.id ?? null, page.at(-1)?.id ?? null];
  return {
    items: page.map(jobView),
    nextAfter: backwards || more ? last : null,
    prevBefore: (backwards ? more : input.after !== undefined) ? first : null,
  };
}

/** One job with what it was started for. Throws NOT_FOUND. */
export async function getJob(ctx: Pick<Ctx, 'store'>, id: string): Promise<JobDetail> {
  const row = await ctx.store.prisma.bulkJob.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no bulk job with the id ${id}.`);
  const filter = JSON.parse(row.filter) as PostbackFilter;
  return { ...jobView(row), filter, selection: selectionWords(filter) };
}

/** Jobs that let rows of these issues go right now, by issue id; the newest where there are several. */
export async function activeJobsOfIssues(
  ctx: Pick<Ctx, 'store'>,
  issueIds: readonly string[],
): Promise<Map<string, JobView>> {
  if (issueIds.length === 0) return new Map();
  const rows = await ctx.store.prisma.bulkJob.findMany({
    where: { state: { in: [...ACTIVE] }, issueId: { in: [...issueIds] } },
    orderBy: { id: 'asc' },
  });
  return new Map(rows.map((row) => [row.issueId as string, jobView(row)]));
}
