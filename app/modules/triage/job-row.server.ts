import type { Conn } from '#app/platform/db/store.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import type { JobView } from './job-schema.ts';
import type { JobKind, JobState } from './schema.ts';

/** A job as it is stored. */
export interface JobRow {
  id: string;
  kind: string;
  name: string;
  filter: string;
  newestId: string;
  issueId: string | null;
  breakerId: string | null;
  probe: boolean;
  state: string;
  stateReason: string | null;
  collectedTo: string | null;
  matched: number;
  skipped: number;
  started: number;
  succeeded: number;
  failed: number;
  window: number;
  wave: string | null;
  createdBy: string | null;
  createdByName: string;
  ip: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  updatedAt: Date;
}

/** States in which a job still lets rows go. */
export const ACTIVE: readonly JobState[] = ['collecting', 'probing', 'running'];
export const activeSql = `"state" IN ('collecting', 'probing', 'running')`;
/** Stopped and canceled jobs count until what they let go is settled (`finishedAt`). */
export const unfinishedSql = `"state" IN ('collecting', 'probing', 'running', 'stopped', 'canceled') AND "finishedAt" IS NULL`;

/** What came of one step of a job. */
export interface Stepped {
  /** Something changed: another step may find more to do at once. */
  moved: boolean;
  /** What to tell once it is committed. */
  topics: readonly Topic[];
}
export const NOTHING: Stepped = { moved: false, topics: [] };

/** The job as pages and the API show it. */
export function jobView(row: JobRow): JobView {
  const { id, name, stateReason, issueId, breakerId, probe, createdByName } = row;
  return {
    id,
    kind: row.kind as JobKind,
    name,
    state: row.state as JobState,
    stateReason,
    issueId,
    breakerId,
    probe,
    matched: row.matched,
    skipped: row.skipped,
    started: row.started,
    succeeded: row.succeeded,
    failed: row.failed,
    createdByName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/**
 * Locks an unfinished job for the open transaction and reads it, or answers null. Every step begins so: two workers,
 * or one that was thought dead, take turns and see each other's work.
 */
export async function lockJob(tx: Conn, id: string, now: Date): Promise<JobRow | null> {
  const { dialect } = tx;
  const touched = await tx.execute(
    `UPDATE "BulkJob" SET "updatedAt" = ${dialect.p(1)} WHERE "id" = ${dialect.p(2)} AND ${unfinishedSql}`,
    dialect.time(now),
    id,
  );
  return touched === 0 ? null : tx.prisma.bulkJob.findUniqueOrThrow({ where: { id } });
}

/** Changes the job's row, locked before. */
export async function patchJob(tx: Conn, id: string, data: Partial<Omit<JobRow, 'id'>>): Promise<void> {
  await tx.prisma.bulkJob.update({ where: { id }, data });
}

const ITEM = {
  jobId: 'text',
  messageId: 'text',
  state: 'text',
  outcome: 'text',
  attempts: 'int',
  updatedAt: 'time',
} as const;

/** Writes what became of rows of a job. `attempts`: those the message has now. */
export async function writeItems(
  tx: Conn,
  jobId: string,
  now: Date,
  items: readonly { messageId: string; state: string; outcome: string | null; attempts: number }[],
): Promise<void> {
  if (items.length === 0) return;
  await tx.execute(
    `UPDATE "BulkItem" SET "state" = r."state", "outcome" = r."outcome", "attempts" = r."attempts", "updatedAt" = r."updatedAt"
     FROM ${tx.dialect.eachRow(ITEM, 1, 'r')}
     WHERE "BulkItem"."jobId" = r."jobId" AND "BulkItem"."messageId" = r."messageId"`,
    tx.dialect.encode(
      ITEM,
      items.map((item) => ({ ...item, jobId, updatedAt: now })),
    ),
  );
}
