import { recordAudit } from '#app/modules/audit/index.server.ts';
import type { SearchBodies } from '#app/modules/outbox/index.server.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { insertJob } from './insert-job.server.ts';
import { nameJob, newestPostback, walkMatching } from './job-matching.server.ts';
import { ACTIVE } from './job-row.server.ts';
import { selectionWords } from './job-words.ts';
import type { JobKind } from './schema.ts';
import { heldFilter } from './unread-schema.ts';

export interface StartJobInput {
  kind: JobKind;
  /** With `issueId` it may be left out: everything that the issue holds up. */
  filter?: PostbackFilter | undefined;
  /** Bound that a preview told: what came later is not in it. The newest there is now where left out. */
  newestId?: string | undefined;
  issueId?: string | undefined;
  /** One goes first and decides (retry only). */
  probe?: boolean | undefined;
  name?: string | undefined;
  actor: Actor;
  /** Where the request came from, where the actor does not say. */
  ip?: string | null | undefined;
}

/**
 * Starts a job on everything that matches, not one page. Answers how many match now. Throws NOT_FOUND for an unknown
 * issue, and CONFLICT where the issue has a job already or nothing matches. Audited.
 */
export async function startJob(
  ctx: Ctx,
  input: StartJobInput,
  searchBodies?: SearchBodies,
): Promise<{ jobId: string; matched: number; name: string }> {
  const { kind, issueId = null, probe = false } = input;
  const actor = input.actor.ip === null && input.ip ? { ...input.actor, ip: input.ip } : input.actor;
  const issue =
    issueId === null
      ? null
      : await ctx.store.prisma.issue.findUnique({
          where: { id: issueId },
          select: { id: true, errorCode: true },
        });
  if (issueId !== null && !issue)
    throw new AppError('NOT_FOUND', `There is no issue with the id ${issueId}.`);
  const filter = input.filter ?? filterOfIssue(issue);
  const newestId = input.newestId || (await newestPostback(ctx));
  const { matched, kept } = await countAll(ctx, filter, newestId, searchBodies);
  if (matched === 0)
    throw new AppError(
      'CONFLICT',
      'Nothing matches any more, so no job was started. Look at the list again.',
    );
  const name =
    input.name?.trim().slice(0, 200).toWellFormed() || (await nameJob(ctx, kind, matched, filter, issueId));
  const { jobId } = await ctx.store.transaction(async (tx) => {
    if (issueId !== null && kind === 'retry') await refuseSecond(tx, issueId);
    const made = await insertJob(tx, ctx, { kind, name, filter: kept, newestId, issueId, probe, actor });
    await recordAudit(tx, ctx, {
      actor,
      action: 'bulk_job_started',
      subjectType: 'job',
      subjectId: made.jobId,
      detail: {
        kind,
        name,
        selection: selectionWords(filter),
        matched,
        probe,
        ...(issueId ? { issueId } : {}),
      },
    });
    return made;
  });
  ctx.live.publish('jobs');
  return { jobId, matched, name };
}

/**
 * Counts what matches. A search in bodies is kept as the rows it found: it sees the newest only, and would find others
 * by the time the job collects.
 */
async function countAll(
  ctx: Ctx,
  filter: PostbackFilter,
  newestId: string,
  searchBodies: SearchBodies | undefined,
): Promise<{ matched: number; kept: PostbackFilter }> {
  const found: string[] = [];
  let matched = 0;
  for await (const ids of walkMatching(ctx, filter, newestId, searchBodies)) {
    matched += ids.length;
    if (filter.text) found.push(...ids);
  }
  return { matched, kept: filter.text ? { ids: found } : filter };
}

/** Two jobs on one issue would only get in each other's way. */
async function refuseSecond(tx: Conn, issueId: string): Promise<void> {
  const other = await tx.prisma.bulkJob.findFirst({
    where: { issueId, kind: 'retry', state: { in: [...ACTIVE] } },
    select: { name: true },
  });
  if (other)
    throw new AppError(
      'CONFLICT',
      `A job is already working on this issue: ${other.name}. Wait for it, or cancel it first.`,
    );
}

function filterOfIssue(issue: { id: string; errorCode: string } | null): PostbackFilter {
  if (issue === null)
    throw new AppError('VALIDATION_ERROR', 'Say what the job is for: a filter, or an issue.', {
      details: [{ path: 'filter', message: 'filter is missing' }],
    });
  return heldFilter(issue);
}
