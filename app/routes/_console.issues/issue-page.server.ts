import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import {
  activeJobsOfIssues,
  breakersOfIssues,
  getIssue,
  type IssueReadDeps,
  listIssues,
} from '#app/modules/triage/index.server.ts';
import type { IssueDetail, IssuePage, ListIssuesInput } from '#app/modules/triage/issue-schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** What reading issues needs: the connector that explains codes, what holds rows back, the jobs that let them go. */
export const issueDepsOf = (context: AppLoadContext): IssueReadDeps => ({
  connectorFor: readDepsOf(context).connectorFor,
  breakersOf: (ids) => breakersOfIssues(context.ctx, ids),
  jobsOf: (ids) => activeJobsOfIssues(context.ctx, ids),
});

/**
 * One page of the list. Where the address names a place that is none of this list (cut short, of another order, of a
 * former version) it is the first page, as everything else that an address cannot mean is left out.
 */
export async function readIssues(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: IssueReadDeps,
  { cursor, ...input }: ListIssuesInput,
): Promise<IssuePage> {
  return listIssues(ctx, deps, { ...input, cursor }).catch((error: unknown) => {
    const misplaced = cursor !== undefined && error instanceof AppError && error.code === 'VALIDATION_ERROR';
    if (misplaced) return listIssues(ctx, deps, input);
    throw error;
  });
}

/** An issue with all its page shows; null where there is none. */
export async function readIssue(ctx: Ctx, deps: IssueReadDeps, id: string): Promise<IssueDetail | null> {
  return getIssue(ctx, deps, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
}

/** The people an issue can be assigned to. */
export const peopleOf = (users: readonly Person[]): { id: string; name: string }[] =>
  users.filter(({ banned }) => !banned).map(({ id, name }) => ({ id, name }));
