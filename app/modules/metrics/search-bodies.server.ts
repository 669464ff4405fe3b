import type { Ctx } from '#app/platform/context.server.ts';
import { ReadingTimeout } from '#app/platform/db/reading-thread.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { BodyHit, BodyPart } from './delivery-schema.ts';
import { askBeside } from './search-thread.server.ts';
import { excerpt, locate, matchOf, type Phrase, phraseOf, tsqueryOf } from './words.ts';

/** A search answers no more attempts than this. */
const BODY_SEARCH_MAX = 1_000;
/** A search that takes longer is given up: a word that nearly every body has, next to one that is seldom beside it. */
const WITHIN_MS = 3_000;

/**
 * Messages whose requests or answers hold these words in this order, the last one by its beginning; case does not
 * count. Newest attempts first, each message once, from the newest `limit` (at most 1,000) attempts that match.
 * Attempts are found some seconds after they were made. Throws VALIDATION_ERROR for one that takes too long.
 */
export async function searchBodies(
  ctx: Pick<Ctx, 'store'>,
  text: string,
  limit: number = BODY_SEARCH_MAX,
): Promise<string[]> {
  const found = await find(ctx.store, phraseOf(text), limit);
  return [...new Set(found.map((row) => row.messageId))];
}

interface Found {
  attemptId: string;
  messageId: string;
}

async function find(store: Store, phrase: Phrase | null, limit: number): Promise<Found[]> {
  if (!phrase) return [];
  const most = Math.min(BODY_SEARCH_MAX, Math.max(1, Math.trunc(limit)));
  try {
    return store.dialect.name === 'sqlite'
      ? await findOnSqlite(store, phrase, most)
      : await findOnPostgres(store, phrase, most);
  } catch (error) {
    if (error instanceof ReadingTimeout || /57014|statement timeout/.test(String(error)))
      throw new AppError(
        'VALIDATION_ERROR',
        `Too many requests and answers hold “${phrase.words.join(' ')}” to look through them in time. Add a word, or search for an id.`,
        { details: [{ path: 'text', message: 'matches too much to be looked through in time' }] },
      );
    throw error;
  }
}

async function findOnSqlite(store: Store, phrase: Phrase, limit: number): Promise<Found[]> {
  const sql = `SELECT t."attemptId", t."messageId" FROM (SELECT rowid AS "docId" FROM "AttemptWords" WHERE "AttemptWords" MATCH ? ORDER BY rowid DESC LIMIT ?) AS f
    CROSS JOIN "AttemptText" t WHERE t."docId" = f."docId" ORDER BY t."docId" DESC`;
  return (await askBeside(store, sql, [matchOf(phrase), limit], WITHIN_MS)) as Found[];
}

/** The newest attempts that are looked through one by one before the index is asked. */
const NEWEST = 5_000;
/** How much more an attempt costs that the index finds: it is fetched out of order, and all are put in order after. */
const BY_INDEX = 4;

/**
 * Newest first there are two ways: through the attempts from the newest on until enough are found, or through all
 * that the index finds. The store's own planner knows too little of beginnings and phrases to choose (it took the
 * first way for an id that one attempt in a million has); how many of the newest match tells it.
 */
async function findOnPostgres(store: Store, phrase: Phrase, limit: number): Promise<Found[]> {
  const query = tsqueryOf(phrase);
  const onwards = (where: string, wanted: number) =>
    found(
      `SELECT "docId" FROM "AttemptWords" WHERE ${where} AND "words" @@ $1::tsquery ORDER BY "docId" DESC LIMIT $2`,
      [query, wanted],
    );
  const [, , tops, first] = await store.batch([
    within(WITHIN_MS),
    off('enable_bitmapscan'),
    { sql: 'SELECT max("docId") AS "docId" FROM "AttemptText"', args: [] },
    onwards(`"docId" > (SELECT max("docId") FROM "AttemptText") - ${NEWEST}`, limit),
  ]);
  const newest = first as Found[];
  const below = Number((tops as { docId: number | null }[])[0]?.docId ?? 0) - NEWEST;
  if (newest.length >= limit || below <= 0) return newest;
  const share = newest.length / NEWEST;
  const missing = limit - newest.length;
  const oneByOne = share > 0 && missing / share < BY_INDEX * share * below;
  const older = await store.batch(
    oneByOne
      ? [
          within(WITHIN_MS),
          off('enable_bitmapscan'),
          off('enable_seqscan'),
          onwards(`"docId" <= ${below}`, missing),
        ]
      : [
          within(WITHIN_MS),
          off('enable_indexscan'),
          off('enable_seqscan'),
          // OFFSET 0: found first, put in order then
          found(
            `SELECT "docId" FROM (SELECT "docId" FROM "AttemptWords" WHERE "words" @@ $1::tsquery OFFSET 0) AS m WHERE "docId" <= ${below} ORDER BY "docId" DESC LIMIT $2`,
            [query, missing],
          ),
        ],
  );
  return [...newest, ...(older[3] as Found[])];
}

const found = (source: string, args: unknown[]) => ({
  sql: `SELECT t."attemptId", t."messageId" FROM (${source}) AS f JOIN "AttemptText" t ON t."docId" = f."docId" ORDER BY t."docId" DESC`,
  args,
});
const within = (ms: number) => ({ sql: `SET LOCAL statement_timeout = ${ms}`, args: [] });
const off = (plan: string) => ({ sql: `SET LOCAL ${plan} = off`, args: [] });

/** Characters of the piece that is shown of what matched. */
const EXCERPT = 90;
/** Attempts looked at for each hit wanted: a message with many attempts must not fill the list. */
const SPARE = 8;

/** The newest `limit` postbacks whose bodies hold the words, each with the part that matched and a piece of it. */
export async function findInBodies(ctx: Pick<Ctx, 'store'>, text: string, limit: number): Promise<BodyHit[]> {
  const phrase = phraseOf(text);
  if (!phrase) return [];
  const { prisma } = ctx.store;
  const newest = new Map<string, string>();
  for (const { messageId, attemptId } of await find(ctx.store, phrase, limit * SPARE))
    if (!newest.has(messageId)) newest.set(messageId, attemptId);
  const attempts = await prisma.attempt.findMany({
    where: { id: { in: [...newest.values()] } },
    orderBy: { id: 'desc' },
    select: {
      messageId: true,
      number: true,
      requestBody: true,
      responseBody: true,
      bodyEncoding: true,
      errorMessage: true,
    },
  });
  const messages = await prisma.outboxMessage.findMany({
    where: { id: { in: [...newest.keys()] }, kind: 'postback' },
    select: { id: true, externalId: true, status: true },
  });
  const byId = new Map(messages.map((message) => [message.id, message]));
  const hits: BodyHit[] = [];
  for (const attempt of attempts) {
    const message = byId.get(attempt.messageId);
    if (!message || hits.length >= limit) continue;
    const { externalId, status } = message;
    hits.push({
      messageId: message.id,
      externalId,
      status,
      attempt: attempt.number,
      ...whereIn(attempt, phrase),
    });
  }
  return hits;
}

interface Bodies {
  requestBody: string | null;
  responseBody: string | null;
  bodyEncoding: string | null;
  errorMessage: string | null;
}

function whereIn(attempt: Bodies, phrase: Phrase): { part: BodyPart; excerpt: string | null } {
  const parts: [BodyPart, string | null][] = [
    ['request', attempt.requestBody],
    ['answer', attempt.bodyEncoding === 'utf8' ? attempt.responseBody : null],
    ['error', attempt.errorMessage],
  ];
  for (const [part, text] of parts) {
    const found = text === null ? null : locate(text, phrase);
    if (text !== null && found) return { part, excerpt: excerpt(text, found, EXCERPT) };
  }
  // the stores know more letters than this machine's tables: found there, not to be pointed at here
  return { part: 'answer', excerpt: null };
}
