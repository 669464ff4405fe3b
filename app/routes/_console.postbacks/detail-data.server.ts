import type { AppLoadContext } from '@remix-run/node';
import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import type { FilterQuery } from '#app/modules/outbox/filter-schema.ts';
import { getPostback, readDepsOf } from '#app/modules/outbox/index.server.ts';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import { getBreaker, getIssue, getJob } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { KnownNames } from './part-words.ts';

/** The open row with what holds it back, or why it cannot be shown. */
export interface OpenPostback {
  postback: PostbackDetail | null;
  held: BreakerView | null;
  problem: string | null;
}

/** One postback with what holds it back. Throws NOT_FOUND. */
export async function readPostback(
  context: AppLoadContext,
  id: string,
): Promise<{ postback: PostbackDetail; held: BreakerView | null }> {
  const postback = await getPostback(context.ctx, readDepsOf(context), id);
  const isHeld = postback.status === 'parked' && postback.breakerId !== null;
  return { postback, held: isHeld ? await getBreaker(context.ctx, postback.breakerId ?? '') : null };
}

/** The open row, or why it cannot be shown. */
export async function readOpen(context: AppLoadContext, id: string): Promise<OpenPostback> {
  try {
    return { ...(await readPostback(context, id)), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { postback: null, held: null, problem: error.message };
  }
}

/** Null where there is no such thing (any more): its id then stands for it. */
async function known<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Issues whose names are read for one page. */
const MOST_NAMES = 3;

/** Names of what a filter gives only by its id. */
export async function readNames(context: AppLoadContext, filter: FilterQuery): Promise<KnownNames> {
  const { ctx } = context;
  const issues = await Promise.all(
    (filter.issue ?? [])
      .slice(0, MOST_NAMES)
      .map(async (id) => [id, await known(getIssue(ctx, readDepsOf(context), id))] as const),
  );
  const job = filter.job === undefined ? null : await known(getJob(ctx, filter.job));
  return {
    issues: Object.fromEntries(
      issues.flatMap(([id, issue]) => (issue ? [[id, issue.explanation.title]] : [])),
    ),
    job: job?.name ?? null,
  };
}
