import type { Conn } from '#app/platform/db/store.server.ts';
import type { ReadAttempt } from './read-attempts.server.ts';
import { BODY_CHARS, ESCAPED_SPACES, MESSAGE_CHARS, tsvectorOf } from './words.ts';

const TEXT = { docId: 'int', attemptId: 'text', messageId: 'text' } as const;
const WORDS = { docId: 'int', words: 'text' } as const;

/** Stands between texts as a word that nobody types, so that no phrase reaches across (a private-use character). */
const GAP = ` || ' ' || char(57344) || ' ' || `;

/** Puts the words of some attempts' bodies into the search index, under new and rising numbers. On an open transaction. */
export async function writeWords(tx: Conn, attempts: readonly ReadAttempt[]): Promise<void> {
  const { dialect } = tx;
  const [top] = await tx.query<{ docId: number | bigint | null }>(
    'SELECT max("docId") AS "docId" FROM "AttemptText"',
  );
  const first = Number(top?.docId ?? 0) + 1;
  if (dialect.name === 'sqlite') {
    await tx.execute(NUMBERED, first - 1, attempts[0]?.id, attempts.at(-1)?.id);
    await tx.execute(FROM_STORE, first);
    return;
  }
  await tx.execute(
    `INSERT INTO "AttemptText" ("docId", "attemptId", "messageId") SELECT r."docId", r."attemptId", r."messageId" FROM ${dialect.eachRow(TEXT, 1, 'r')}`,
    dialect.encode(
      TEXT,
      attempts.map(({ id, messageId }, i) => ({ docId: first + i, attemptId: id, messageId })),
    ),
  );
  await tx.execute(
    `INSERT INTO "AttemptWords" ("docId", "words") SELECT r."docId", r."words"::tsvector FROM ${dialect.eachRow(WORDS, 1, 'r')}`,
    dialect.encode(
      WORDS,
      attempts.map((attempt, i) => ({
        docId: first + i,
        words: tsvectorOf([
          attempt.requestBody ?? '',
          attempt.responseBody ?? '',
          attempt.errorMessage ?? '',
        ]),
      })),
    ),
  );
}

const spaced = (text: string): string =>
  ESCAPED_SPACES.reduce((out, written) => `replace(${out}, '${written}', ' ')`, text);
const cut = (column: string, chars: number): string => `substr(COALESCE(${column}, ''), 1, ${chars})`;

/** The same rows that were read: on SQLite nobody writes in between ids that were drawn seconds ago. */
const NUMBERED = `INSERT INTO "AttemptText" ("docId", "attemptId", "messageId")
  SELECT ? + row_number() OVER (ORDER BY a."id"), a."id", a."messageId" FROM "Attempt" a WHERE a."id" >= ? AND a."id" <= ?`;

/** SQLite parts the words itself, from the rows as they lie in the store: the texts need not come here and go back. */
const FROM_STORE = `INSERT INTO "AttemptWords" (rowid, "body") SELECT t."docId", ${spaced(
  [
    cut('a."requestBody"', BODY_CHARS),
    cut(`CASE WHEN a."bodyEncoding" = 'utf8' THEN a."responseBody" END`, BODY_CHARS),
    cut('a."errorMessage"', MESSAGE_CHARS),
  ].join(GAP),
)} FROM "AttemptText" t CROSS JOIN "Attempt" a WHERE t."docId" >= ? AND a."id" = t."attemptId"`;
