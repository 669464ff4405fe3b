import type { Outcome } from '#app/connectors/types.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import { msOf, readRows } from './read-rows.server.ts';
import type { FollowedAttempt } from './roll-up.ts';
import { BODY_CHARS, MESSAGE_CHARS } from './words.ts';

/** An attempt with the texts that are searched. On SQLite they stay in the store: see `write-words.server.ts`. */
export interface ReadAttempt extends FollowedAttempt {
  requestBody: string | null;
}

/** Attempts with ids above `after` and drawn before `before` (ms), in order of id. */
export async function readAttempts(
  conn: Conn,
  input: { after: string; before: number; limit: number },
): Promise<ReadAttempt[]> {
  const { name, p } = conn.dialect;
  const sqlite = name === 'sqlite';
  const ms = (column: string) => msOf(conn, column);
  const columns = [
    'a."id"',
    'a."messageId"',
    'a."number"',
    `${ms('a."startedAt"')} + COALESCE(a."durationMs", 0)`,
    'a."outcome"',
    'a."errorCode"',
    `substr(a."errorMessage", 1, ${MESSAGE_CHARS})`,
    'a."responseStatus"',
    `CASE WHEN a."bodyEncoding" = 'utf8' THEN substr(a."responseBody", 1, ${sqlite ? MESSAGE_CHARS : BODY_CHARS}) END`,
    'm."kind"',
    'm."accountId"',
    `COALESCE(m."networkCampaignId", '')`,
    ms('m."createdAt"'),
    sqlite ? 'NULL' : `substr(a."requestBody", 1, ${BODY_CHARS})`,
  ];
  // CROSS JOIN keeps SQLite at this order: the attempts first, then their messages
  const rows = await readRows<Parameters<typeof toAttempt>[0]>(
    conn,
    columns,
    `"Attempt" a CROSS JOIN "OutboxMessage" m WHERE a."id" > ${p(1)} AND a."id" < ${p(2)} AND m."id" = a."messageId" ORDER BY a."id" LIMIT ${input.limit}`,
    [input.after, firstIdAt('att', input.before)],
  );
  return rows.map(toAttempt);
}

type Text = string | null;

function toAttempt(
  row: [
    string,
    string,
    number,
    number,
    Outcome,
    Text,
    Text,
    number | null,
    Text,
    string,
    string,
    string,
    number,
    Text,
  ],
): ReadAttempt {
  return {
    id: row[0],
    messageId: row[1],
    number: row[2],
    finishedAt: Math.round(row[3]),
    outcome: row[4],
    errorCode: row[5],
    errorMessage: row[6],
    httpStatus: row[7],
    responseBody: row[8],
    kind: row[9],
    accountId: row[10],
    networkCampaignId: row[11],
    convertedAt: row[12],
    requestBody: row[13],
  };
}

/** No transaction of ours lives longer: see `Store.transaction`. */
const LONGEST_TRANSACTION_MS = 35_000;

/**
 * For how long the oldest transaction has been writing, in ms: ids drawn since then may still appear. On SQLite
 * writers take turns, so that none is open while this one reads.
 */
export async function oldestWriteMs(conn: Conn): Promise<number> {
  if (conn.dialect.name === 'sqlite') return 0;
  const [row] = await conn.query<{ age: number | null }>(
    `SELECT max(extract(epoch from clock_timestamp() - "xact_start") * 1000)::float8 AS "age" FROM pg_stat_activity
     WHERE "datname" = current_database() AND "backend_xid" IS NOT NULL AND "pid" <> pg_backend_pid()`,
  );
  return Math.min(LONGEST_TRANSACTION_MS, Math.max(0, row?.age ?? 0));
}
