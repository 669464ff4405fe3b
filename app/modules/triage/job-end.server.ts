import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { addEvents } from './issue-events.server.ts';
import type { JobDeps } from './job-deps.server.ts';
import { type JobRow, patchJob, type Stepped } from './job-row.server.ts';
import { readWave } from './job-rules.ts';
import { anySettled, countsAfter, settleUnderWay } from './job-settle.server.ts';
import { unreadWords } from './job-words.ts';
import { byUnread, unreadSql } from './unread-sql.server.ts';

const DONE_WORDS: Record<string, string> = {
  retry: 'delivered',
  cancel: 'canceled',
  acknowledge: 'acknowledged',
};
/** Rows left alone in one statement. */
const LEAVE = 5_000;

/** "4,990 delivered, 10 failed again, 3 left out". */
export function tallyOf(job: Pick<JobRow, 'kind' | 'succeeded' | 'failed' | 'skipped'>): string {
  const parts = [`${formatCount(job.succeeded)} ${DONE_WORDS[job.kind] ?? 'done'}`];
  if (job.failed > 0) parts.push(`${formatCount(job.failed)} failed again`);
  if (job.skipped > 0) parts.push(`${formatCount(job.skipped)} left out`);
  return parts.join(', ');
}

/**
 * Ends a job that has nothing left, and what it released. Answers whether it could: a row that somebody else holds
 * right now is never waited for.
 */
export async function finishJob(tx: Conn, ctx: Ctx, deps: JobDeps, job: JobRow): Promise<boolean> {
  const now = nowOf(ctx);
  if (job.breakerId !== null) {
    if (!(await holdRow(tx, 'Breaker', job.breakerId))) return false;
    if (!(await deps.closeBreaker(tx, ctx, job.breakerId)) && (await holdsBack(tx, job.breakerId)))
      return false;
  }
  const { unread = 0 } = readWave(job.wave);
  const stateReason = unread > 0 ? unreadWords(unread) : null;
  await patchJob(tx, job.id, { state: 'done', stateReason, finishedAt: now, updatedAt: now });
  const told = [`${job.name}: ${tallyOf(job)}.`, stateReason].filter(Boolean).join(' ');
  await tellEnd(tx, ctx, job, 'bulk_job_done', told);
  if (job.issueId !== null && job.kind === 'retry') await resolveIfClear(tx, ctx, job.issueId, now);
  return true;
}

/** Whether the breaker still stands: it tripped again, or parked something after all. */
async function holdsBack(tx: Conn, breakerId: string): Promise<boolean> {
  const breaker = await tx.prisma.breaker.findUnique({ where: { id: breakerId }, select: { state: true } });
  return breaker !== null && breaker.state !== 'closed';
}

/** Stops a job by its answers. What it released is held back again, what is under way finishes. */
export async function stopJob(
  tx: Conn,
  ctx: Ctx,
  deps: JobDeps,
  job: JobRow,
  reason: string,
): Promise<Stepped> {
  await patchJob(tx, job.id, { state: 'stopped', stateReason: reason.slice(0, 1_000) });
  if (job.breakerId !== null) await deps.reopenBreaker(tx, ctx, job.breakerId);
  await tellEnd(tx, ctx, job, 'bulk_job_stopped', `${job.name} stopped. ${reason}`);
  return { moved: true, topics: topicsOf(job) };
}

/** One step of a job that was stopped or canceled: what waits is left as it is, what is under way is written down. */
export async function windDownJob(tx: Conn, job: JobRow, now: Date): Promise<Stepped> {
  const settled = await settleUnderWay(tx, job, now, true);
  const left = await leaveWaiting(tx, job.id, now);
  const counts = countsAfter(job, settled);
  const over = settled.pending === 0 && left < LEAVE;
  if (!anySettled(settled) && left === 0 && !over) return { moved: false, topics: [] };
  await patchJob(tx, job.id, { ...counts, ...(over ? { finishedAt: now } : {}) });
  return { moved: true, topics: ['jobs'] };
}

async function leaveWaiting(tx: Conn, jobId: string, now: Date): Promise<number> {
  const { dialect } = tx;
  return tx.execute(
    `UPDATE "BulkItem" SET "state" = 'canceled', "updatedAt" = ${dialect.p(1)} WHERE "jobId" = ${dialect.p(2)}
       AND "messageId" IN (SELECT "messageId" FROM "BulkItem" WHERE "jobId" = ${dialect.p(3)} AND "state" = 'waiting'
                           ORDER BY "messageId" LIMIT ${LEAVE})`,
    dialect.time(now),
    jobId,
    jobId,
  );
}

/** What changes for others when a job starts, stops or ends. */
export const topicsOf = (job: Pick<JobRow, 'issueId' | 'breakerId'>): Topic[] => [
  'jobs',
  ...(job.issueId === null ? [] : (['issues'] as const)),
  ...(job.breakerId === null ? [] : (['breakers'] as const)),
];

async function tellEnd(tx: Conn, ctx: Ctx, job: JobRow, action: string, body: string): Promise<void> {
  const { kind, matched, succeeded, failed, skipped } = job;
  if (job.issueId !== null && kind === 'retry')
    await addEvents(tx, ctx, [{ issueId: job.issueId, kind: 'release_ended', body }]);
  await recordAudit(tx, ctx, {
    actor: SYSTEM,
    action,
    subjectType: 'job',
    subjectId: job.id,
    detail: { name: job.name, matched, succeeded, failed, skipped },
  });
}

/** An issue that holds nothing up any more is resolved at once, without the wait of the clockwork. */
async function resolveIfClear(tx: Conn, ctx: Ctx, issueId: string, now: Date): Promise<void> {
  const { dialect } = tx;
  const [held] = await tx.query(
    `SELECT 1 AS "one" FROM "OutboxMessage" WHERE "issueId" = ${dialect.p(1)} AND "issueId" IS NOT NULL
       AND "status" IN ('failed', 'exhausted', 'parked') LIMIT 1`,
    issueId,
  );
  const [unread] = await tx.query(
    `SELECT 1 AS "one" FROM "OutboxMessage"${byUnread(dialect)} WHERE "issueId" = ${dialect.p(1)} AND ${unreadSql()} LIMIT 1`,
    issueId,
  );
  if (held || unread || !(await holdRow(tx, 'Issue', issueId))) return;
  const breaker = await tx.prisma.breaker.findFirst({
    where: { issueId, state: { not: 'closed' } },
    select: { id: true },
  });
  if (breaker) return;
  const { count } = await tx.prisma.issue.updateMany({
    where: { id: issueId, state: { in: ['open', 'acknowledged'] } },
    data: { state: 'resolved', resolvedAt: now, updatedAt: now },
  });
  if (count > 0)
    await addEvents(tx, ctx, [
      { issueId, kind: 'resolved', body: 'Nothing is held up by it any more: what it held was released.' },
    ]);
}

/**
 * Takes a row's lock where it is free (SQLite has one lock for all). Settlements lock breakers and issues before they
 * come to a job; a job, which is locked first here, must not wait for them in turn.
 */
async function holdRow(tx: Conn, table: 'Breaker' | 'Issue', id: string): Promise<boolean> {
  if (tx.dialect.name !== 'postgres') return true;
  const rows = await tx.query(`SELECT "id" FROM "${table}" WHERE "id" = $1 FOR UPDATE SKIP LOCKED`, id);
  return rows.length > 0;
}
