import type { Matching } from '#app/modules/outbox/index.server.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { CHUNK } from './job-matching.server.ts';
import { type JobRow, patchJob, type Stepped } from './job-row.server.ts';
import { leftOutSql } from './job-rules.ts';
import type { JobKind } from './schema.ts';

/** Writes down the next chunk of what matches: what can be acted on waits, the rest is skipped with its reason. */
export async function collectJob(tx: Conn, job: JobRow, matching: Matching, now: Date): Promise<Stepped> {
  const above = job.collectedTo ?? undefined;
  const { ids, next } = await matching(tx, { above, atMost: job.newestId, limit: CHUNK });
  const added = await insertItems(tx, job, ids, now);
  await patchJob(tx, job.id, {
    matched: job.matched + added.n,
    skipped: job.skipped + added.skipped,
    ...(next === null ? {} : { collectedTo: next }),
    ...(next === null ? { state: job.kind === 'retry' && job.probe ? 'probing' : 'running' } : {}),
  });
  return { moved: true, topics: ['jobs'] };
}

async function insertItems(
  tx: Conn,
  job: JobRow,
  ids: readonly string[],
  now: Date,
): Promise<{ n: number; skipped: number }> {
  if (ids.length === 0) return { n: 0, skipped: 0 };
  const { dialect } = tx;
  const { args, param } = parameters(dialect);
  const reason = leftOutSql(job.kind as JobKind, 'm');
  const values = `${text(dialect.name, param(job.id))}, m."id", CASE WHEN ${reason} IS NULL THEN 'waiting' ELSE 'skipped' END,
       m."status", ${reason}, m."attempts", ${time(dialect.name, param(dialect.time(now)))}`;
  const listed = dialect.inList('m."id"', args.push(JSON.stringify(ids)));
  const n = await tx.execute(
    `INSERT INTO "BulkItem" ("jobId", "messageId", "state", "before", "outcome", "attempts", "updatedAt")
     SELECT ${values} FROM "OutboxMessage" m WHERE ${listed} ON CONFLICT ("jobId", "messageId") DO NOTHING`,
    ...args,
  );
  const [row] = await tx.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM "BulkItem" WHERE "jobId" = ${dialect.p(1)} AND "state" = 'skipped'
       AND "messageId" >= ${dialect.p(2)} AND "messageId" <= ${dialect.p(3)}`,
    job.id,
    ids[0],
    ids.at(-1),
  );
  return { n, skipped: Number(row?.n ?? 0) };
}

// PostgreSQL takes the type of a bare parameter in a SELECT for text
const text = (dialect: string, placeholder: string): string =>
  dialect === 'postgres' ? `${placeholder}::text` : placeholder;
const time = (dialect: string, placeholder: string): string =>
  dialect === 'postgres' ? `${placeholder}::timestamp(3)` : placeholder;

/**
 * Takes in what a breaker holds back by now. A row that the job was finished with before and that was parked since
 * goes again. Answers how many.
 */
export async function collectParked(tx: Conn, job: JobRow, breakerId: string, now: Date): Promise<number> {
  const { dialect } = tx;
  const { args, param } = parameters(dialect);
  return tx.execute(
    `INSERT INTO "BulkItem" ("jobId", "messageId", "state", "before", "outcome", "attempts", "updatedAt")
     SELECT ${text(dialect.name, param(job.id))}, m."id", 'waiting', m."status", NULL, m."attempts", ${time(dialect.name, param(dialect.time(now)))}
     FROM "OutboxMessage" m WHERE m."breakerId" = ${param(breakerId)} AND m."status" = 'parked' ORDER BY m."id" LIMIT ${CHUNK}
     ON CONFLICT ("jobId", "messageId") DO UPDATE SET "state" = 'waiting', "outcome" = NULL, "attempts" = excluded."attempts",
       "updatedAt" = excluded."updatedAt"
     WHERE "BulkItem"."state" NOT IN ('waiting', 'under_way')`,
    ...args,
  );
}
