import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type JobRow, writeItems } from './job-row.server.ts';
import { leftOutBecause } from './job-rules.ts';
import type { JobKind } from './schema.ts';
import { isUnread } from './unread-schema.ts';
import { unreadSql } from './unread-sql.server.ts';

/** A row of a job beside its message. */
export interface ItemRow {
  messageId: string;
  before: string;
  /** Attempts when the job took it up. */
  taken: number;
  status: MessageStatus;
  attempts: number;
  maySent: boolean;
  acknowledged: boolean;
  /** A success without its data. */
  unread: boolean;
  errorCode: string | null;
  errorMessage: string | null;
  httpStatus: number | null;
  issueId: string | null;
}

type RawItem = Omit<ItemRow, 'taken' | 'attempts' | 'maySent' | 'acknowledged' | 'unread' | 'httpStatus'> & {
  taken: number | bigint;
  attempts: number | bigint;
  firstMaySentAt: Date | null;
  acknowledgedAt: Date | null;
  httpStatus: number | bigint | null;
};

/** The oldest rows of a job in a state, with their messages as they are now. */
export async function readItems(
  tx: Conn,
  jobId: string,
  state: 'waiting' | 'under_way',
  limit: number,
): Promise<ItemRow[]> {
  const { dialect } = tx;
  const rows = await tx.query<RawItem>(
    `SELECT i."messageId", i."before", i."attempts" AS "taken", m."status", m."attempts", m."firstMaySentAt",
       m."acknowledgedAt", m."errorCode", m."errorMessage", m."httpStatus", m."issueId"
     FROM "BulkItem" i CROSS JOIN "OutboxMessage" m
     WHERE i."jobId" = ${dialect.p(1)} AND i."state" = '${state}' AND m."id" = i."messageId"
     ORDER BY i."messageId" LIMIT ${limit}`,
    jobId,
  );
  return rows.map(({ firstMaySentAt, acknowledgedAt, ...row }) => ({
    ...row,
    taken: Number(row.taken),
    attempts: Number(row.attempts),
    httpStatus: numberOrNull(row.httpStatus),
    maySent: firstMaySentAt !== null,
    acknowledged: acknowledgedAt !== null,
    unread: isUnread(row),
  }));
}

export interface Acted {
  /** Rows acted on, oldest first. */
  acted: ItemRow[];
  /** Rows that could no longer be acted on. */
  skipped: number;
}

/** What a kind of job does to a message: columns that change, with their values. */
type Change = (param: (value: unknown) => string) => string;

/**
 * Acts on the oldest waiting rows, up to `limit`. What may not be acted on any more is skipped with its reason. A
 * message that somebody else holds right now (PostgreSQL) stays waiting for the next step: a job never waits for a
 * message, so that it cannot stand in the way of an answer that is just being written.
 */
export async function actOnWaiting(
  tx: Conn,
  job: JobRow,
  now: Date,
  options: {
    limit: number;
    change: Change;
    /** A condition that must still hold when it is changed. */
    guard?: string;
    state: 'under_way' | 'done';
    outcome: string | null;
  },
): Promise<Acted> {
  const rows = await readItems(tx, job.id, 'waiting', options.limit);
  const kind = job.kind as JobKind;
  const reasons = new Map(rows.map((row) => [row.messageId, leftOutBecause(kind, row)]));
  const eligible = rows.filter((row) => reasons.get(row.messageId) === null);
  const changed = await changeMessages(tx, eligible, options.change, options.guard);
  const acted = eligible.filter((row) => changed.has(row.messageId));
  const leftOut = rows.filter((row) => reasons.get(row.messageId) !== null);
  await writeItems(tx, job.id, now, [
    ...acted.map((row) => ({
      messageId: row.messageId,
      state: options.state,
      outcome: options.outcome,
      attempts: row.attempts,
    })),
    ...leftOut.map((row) => ({
      messageId: row.messageId,
      state: 'skipped',
      outcome: reasons.get(row.messageId) ?? null,
      attempts: row.attempts,
    })),
  ]);
  return { acted, skipped: leftOut.length };
}

/** Changes messages that still are as they were read. Answers the ids of those that were changed. */
async function changeMessages(
  tx: Conn,
  rows: readonly ItemRow[],
  change: Change,
  guard: string | undefined,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { dialect } = tx;
  const { args, param } = parameters(dialect);
  const set = change(param);
  const statuses = [...new Set(rows.map((row) => row.status))].map((status) => `'${status}'`);
  const placeholder = param(JSON.stringify(rows.map((row) => row.messageId)));
  const listed = dialect.inList('"id"', Number(placeholder.slice(1)) || 1);
  // one that was answered well meanwhile is left alone, though another of the same status has no data
  const unanswered = `("status" NOT IN ('delivered', 'duplicate') OR (${unreadSql()}))`;
  const still = `${listed} AND "status" IN (${statuses.join(', ')}) AND ${unanswered}${guard ? ` AND ${guard}` : ''}`;
  const unheld =
    dialect.name === 'postgres'
      ? `"id" IN (SELECT "id" FROM "OutboxMessage" WHERE ${still} FOR UPDATE SKIP LOCKED)`
      : still;
  const changed = await tx.query<{ id: string }>(
    `UPDATE "OutboxMessage" SET ${set} WHERE ${unheld} RETURNING "id"`,
    ...args,
  );
  return new Set(changed.map((row) => row.id));
}

/** A message let go: due now, past what holds others back; one that had stopped starts its ladder anew (RG-13). */
export const letGo =
  (tx: Conn, now: Date): Change =>
  (param) => {
    const at = () => param(tx.dialect.time(now));
    return `"step" = CASE WHEN "status" = 'retrying' THEN "step" ELSE 0 END, "status" = 'retrying', "dueAt" = ${at()},
      "releasedAt" = ${at()}, "settledAt" = NULL, "acknowledgedAt" = NULL, "updatedAt" = ${at()}`;
  };

/** A message taken back before it was ever sent. `cancel` skips what may have reached the network. */
export const takeBack =
  (tx: Conn, now: Date, reason: string): Change =>
  (param) =>
    `"status" = 'canceled', "cancelReason" = ${param(reason)}, "settledAt" = ${param(tx.dialect.time(now))}, "updatedAt" = ${param(tx.dialect.time(now))}`;

/** A message that a person has seen. */
export const markSeen =
  (tx: Conn, now: Date): Change =>
  (param) =>
    `"acknowledgedAt" = ${param(tx.dialect.time(now))}, "updatedAt" = ${param(tx.dialect.time(now))}`;
