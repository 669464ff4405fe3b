import { matchPostbacks } from '#app/modules/outbox/index.server.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { collectJob } from './job-collect.server.ts';
import type { JobDeps } from './job-deps.server.ts';
import { windDownJob } from './job-end.server.ts';
import { probeJob } from './job-probe.server.ts';
import { lockJob, NOTHING, type Stepped, unfinishedSql } from './job-row.server.ts';
import { runAtOnce, runRetry } from './job-run.server.ts';

/** A job that is not over, as the runner needs it. */
export interface OpenJob {
  id: string;
  kind: string;
  state: string;
  filter: string;
}

/** Jobs that are not over, oldest first. */
export const openJobs = (ctx: Pick<Ctx, 'store'>): Promise<OpenJob[]> =>
  ctx.store.query<OpenJob>(
    `SELECT "id", "kind", "state", "filter" FROM "BulkJob" WHERE ${unfinishedSql} ORDER BY "id"`,
  );

/**
 * One step of a job: one transaction, which first locks the job's row. All that the next step needs is in the rows,
 * so that it does not matter who makes it or what became of the one before.
 */
export async function stepJob(ctx: Ctx, deps: JobDeps, open: OpenJob): Promise<Stepped> {
  // names and searches are looked up on another connection than the transaction's
  const matching =
    open.state === 'collecting' ? await matchPostbacks(ctx, JSON.parse(open.filter) as PostbackFilter) : null;
  const stepped = await ctx.store.transaction(async (tx): Promise<Stepped> => {
    const now = nowOf(ctx);
    const job = await lockJob(tx, open.id, now);
    if (!job) return NOTHING;
    switch (job.state) {
      case 'collecting':
        return matching ? collectJob(tx, job, matching, now) : NOTHING;
      case 'probing':
        return probeJob(tx, ctx, deps, job);
      case 'running':
        return job.kind === 'retry' ? runRetry(tx, ctx, deps, job) : runAtOnce(tx, ctx, deps, job);
      default:
        return windDownJob(tx, job, now);
    }
  });
  for (const topic of new Set(stepped.topics)) ctx.live.publish(topic);
  return stepped;
}

/**
 * Whether a step would find anything to do: read without a transaction, for a job that waits for answers is looked at
 * often and should not write for it.
 */
export async function hasWork(ctx: Pick<Ctx, 'store'>, open: OpenJob): Promise<boolean> {
  if (open.state === 'collecting') return true;
  const { dialect } = ctx.store;
  const settled = `EXISTS (SELECT 1 FROM "BulkItem" i CROSS JOIN "OutboxMessage" m WHERE i."jobId" = j."id" AND i."state" = 'under_way'
      AND m."id" = i."messageId" AND m."status" NOT IN ('queued', 'sending', 'retrying'))`;
  const waiting = `EXISTS (SELECT 1 FROM "BulkItem" i WHERE i."jobId" = j."id" AND i."state" = 'waiting')`;
  const underWay = `(SELECT count(*) FROM "BulkItem" i WHERE i."jobId" = j."id" AND i."state" = 'under_way')`;
  const parked = `EXISTS (SELECT 1 FROM "OutboxMessage" m WHERE m."breakerId" = j."breakerId" AND m."status" = 'parked')`;
  const heldAgain = `EXISTS (SELECT 1 FROM "Breaker" b WHERE b."id" = j."breakerId" AND b."state" = 'open')`;
  const [row] = await ctx.store.query<{ one: number }>(
    `SELECT 1 AS "one" FROM "BulkJob" j WHERE j."id" = ${dialect.p(1)} AND (${settled} OR ${heldAgain}
       OR (j."state" = 'probing' AND ${underWay} = 0)
       OR (j."state" NOT IN ('probing') AND (${underWay} = 0 OR (${underWay} < j."window" AND (${waiting} OR ${parked})))))`,
    open.id,
  );
  return row !== undefined;
}
