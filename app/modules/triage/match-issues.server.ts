import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { CHANGE_MAX, changeIssue } from './change-issue.server.ts';
import type { IssueChange, IssueChangeResult, IssueFilter } from './issue-schema.ts';
import { issueConditions } from './issue-sql.server.ts';

/** Issues that one action may change. Issues are causes: an installation has dozens, not thousands. */
const MATCHING_MAX = 5_000;

/**
 * Changes everything that matches a filter right now, or what is named, as `changeIssue` does it: in pieces of 200,
 * each whole or not at all. What is refused is told with the rest; it is thrown only where nothing was changed. Throws
 * VALIDATION_ERROR for more than 5,000 and NOT_FOUND where nothing matches any more.
 */
export async function changeIssues(
  ctx: Ctx,
  input: { of: { ids: readonly string[] } | { filter: IssueFilter }; actor: Actor; change: IssueChange },
): Promise<IssueChangeResult> {
  const { of, actor, change } = input;
  const ids = 'ids' in of ? of.ids : await matching(ctx, of.filter);
  if (ids.length === 0) throw new AppError('NOT_FOUND', 'No issue matches any more: look at the list again.');
  if (ids.length > MATCHING_MAX)
    throw new AppError(
      'VALIDATION_ERROR',
      `More than ${MATCHING_MAX.toLocaleString('en-US')} issues match. Narrow the list.`,
    );
  const sum: IssueChangeResult = { changed: [], unchanged: [], refused: [] };
  for (let from = 0; from < ids.length; from += CHANGE_MAX) {
    const piece = ids.slice(from, from + CHANGE_MAX);
    const done = await changeIssue(ctx, { ids: piece, actor, change }).catch((error) => {
      // all of this piece were refused: of one it is the answer, among others it is told with them
      if (ids.length === 1 || !(error instanceof AppError) || error.code !== 'CONFLICT') throw error;
      return {
        changed: [],
        unchanged: [],
        refused: piece.map((id) => ({ id, message: error.message })),
      } satisfies IssueChangeResult;
    });
    sum.changed.push(...done.changed);
    sum.unchanged.push(...done.unchanged);
    sum.refused.push(...done.refused);
  }
  const [first] = sum.refused;
  if (first && sum.refused.length === ids.length) throw new AppError('CONFLICT', first.message);
  return sum;
}

async function matching({ store }: Pick<Ctx, 'store'>, filter: IssueFilter): Promise<string[]> {
  const { text, args } = issueConditions(store.dialect, filter);
  const rows = await store.query<{ id: string }>(
    `SELECT i."id" FROM "Issue" i WHERE ${text} ORDER BY i."id" LIMIT ${MATCHING_MAX + 1}`,
    ...args,
  );
  return rows.map(({ id }) => id);
}
