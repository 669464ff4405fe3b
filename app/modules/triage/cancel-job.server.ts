import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { addEvents } from './issue-events.server.ts';
import { BREAKERS, type JobDeps } from './job-deps.server.ts';
import { tallyOf, topicsOf } from './job-end.server.ts';
import { activeSql, jobView } from './job-row.server.ts';
import type { JobView } from './job-schema.ts';

/**
 * Cancels a job: what waits is left as it is, what is under way finishes; what it released is held back again. Throws
 * NOT_FOUND, or CONFLICT where it is over. Audited.
 */
export async function cancelJob(
  ctx: Ctx,
  input: { id: string; actor: Actor },
  deps: Pick<JobDeps, 'reopenBreaker'> = BREAKERS,
): Promise<JobView> {
  const { id, actor } = input;
  const job = await ctx.store.transaction(async (tx) => {
    const { dialect } = tx;
    const now = nowOf(ctx);
    const count = await tx.execute(
      `UPDATE "BulkJob" SET "state" = 'canceled', "updatedAt" = ${dialect.p(1)} WHERE "id" = ${dialect.p(2)} AND ${activeSql}`,
      dialect.time(now),
      id,
    );
    const row = await tx.prisma.bulkJob.findUnique({ where: { id } });
    if (!row) throw new AppError('NOT_FOUND', `There is no bulk job with the id ${id}.`);
    if (count === 0)
      throw new AppError('CONFLICT', `This job is over already (${row.state}): there is nothing to cancel.`);
    if (row.breakerId !== null) await deps.reopenBreaker(tx, ctx, row.breakerId);
    const { issueId, name, kind, matched, started, succeeded, failed } = row;
    if (issueId !== null && kind === 'retry')
      await addEvents(tx, ctx, [
        { issueId, kind: 'release_ended', body: `${name} was canceled: ${tallyOf(row)}.`, actor },
      ]);
    await recordAudit(tx, ctx, {
      actor,
      action: 'bulk_job_canceled',
      subjectType: 'job',
      subjectId: id,
      detail: { name, matched, started, succeeded, failed },
    });
    return row;
  });
  for (const topic of topicsOf(job)) ctx.live.publish(topic);
  return jobView(job);
}
