import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { rowStart } from './bars.ts';
import type { AnswerItem } from './delivery-schema.ts';
import { normaliseAnswer, stableWords } from './normalise-answer.ts';
import { narrowed, type Place } from './rollup-sql.server.ts';
import { OTHER_ANSWERS } from './write-roll-up.server.ts';

/** Answers shown. */
const MOST = 20;

interface Row {
  key: string;
  count: number | bigint;
  httpStatus: number | bigint | null;
  outcome: string | null;
  errorCode: string | null;
  sample: string | null;
  messageId: string | null;
}

/** The commonest answers of the days (UTC) that a stretch of time touches. */
export async function readAnswers(conn: Conn, place: Place): Promise<AnswerItem[]> {
  const { where, args } = narrowed(conn, { ...place, from: rowStart(place.from, 1440) }, 'groups', 'day');
  const rows = await conn.query<Row>(
    `SELECT d."answerKey" AS "key", d."count", a."httpStatus", a."outcome", a."errorCode", a."sample", a."messageId"
     FROM (SELECT "answerKey", sum("count") AS "count" FROM "AnswerDay" WHERE ${where} GROUP BY "answerKey" ORDER BY 2 DESC, 1 LIMIT ${MOST}) AS d
     LEFT JOIN "Answer" a ON a."key" = d."answerKey" ORDER BY d."count" DESC, d."answerKey"`,
    ...args,
  );
  return rows.map((row) => ({
    key: row.key,
    httpStatus: numberOrNull(row.httpStatus),
    outcome: row.outcome ?? OTHER_ANSWERS,
    errorCode: row.errorCode,
    count: Number(row.count),
    sample: row.sample,
    words: row.sample === null ? '' : stableWords(normaliseAnswer(row.sample)),
    messageId: row.messageId,
  }));
}
