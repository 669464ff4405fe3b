import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import {
  activeJobsOfIssues,
  breakersOfIssues,
  getIssue,
  type IssueReadDeps,
} from '#app/modules/triage/index.server.ts';
import type { IssueDetail } from '#app/modules/triage/issue-schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** What reading issues needs: the connector that explains codes, what holds rows back, the jobs that let them go. */
export const issueDepsOf = (context: AppLoadContext): IssueReadDeps => ({
  connectorFor: readDepsOf(context).connectorFor,
  breakersOf: (ids) => breakersOfIssues(context.ctx, ids),
  jobsOf: (ids) => activeJobsOfIssues(context.ctx, ids),
});

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
