import { columnList, type RowSpec } from '#app/platform/db/dialect.server.ts';
import type { Conn, Store } from '#app/platform/db/store.server.ts';
import type { AnswerCount, AnswerSample, RollUp } from './roll-up.ts';

const STEP = {
  span: 'int',
  at: 'time',
  accountId: 'text',
  networkCampaignId: 'text',
  attempts: 'int',
  accepted: 'int',
  duplicate: 'int',
  test: 'int',
  retryable: 'int',
  rejected: 'int',
  interrupted: 'int',
  firstTries: 'int',
  firstSuccesses: 'int',
} as const;
const TIME = {
  span: 'int',
  at: 'time',
  accountId: 'text',
  networkCampaignId: 'text',
  bucket: 'int',
  count: 'int',
} as const;
const ANSWER_DAY = {
  day: 'time',
  accountId: 'text',
  networkCampaignId: 'text',
  answerKey: 'text',
  count: 'int',
} as const;
const ANSWER = {
  key: 'text',
  httpStatus: 'int',
  outcome: 'text',
  errorCode: 'text',
  sample: 'text',
  messageId: 'text',
  createdAt: 'time',
} as const;

/** Different answers of one account that are told apart in a day; further ones count as `OTHER_ANSWERS`. */
const ANSWERS_A_DAY = 200;
export const OTHER_ANSWERS = 'other';

/** Adds a rollup to the rows of the store, on an open transaction. */
export async function writeRollUp(tx: Conn, store: Store, rows: RollUp): Promise<void> {
  await add(tx, 'DeliveryStep', STEP, 4, rows.steps);
  await add(tx, 'DeliveryTime', TIME, 5, rows.times);
  const { answers, samples } = await withinLimit(tx, store, rows);
  await add(tx, 'AnswerDay', ANSWER_DAY, 4, answers);
  if (samples.length > 0)
    await tx.execute(
      `INSERT INTO "Answer" (${columnList(ANSWER)}) SELECT ${columnList(ANSWER, 'r.')} FROM ${tx.dialect.eachRow(ANSWER, 1, 'r')} WHERE true ON CONFLICT ("key") DO NOTHING`,
      tx.dialect.encode(ANSWER, samples),
    );
}

/** Inserts rows; where the key (the first `keys` columns) is there, adds the numbers. */
async function add<S extends RowSpec>(
  tx: Conn,
  table: string,
  spec: S,
  keys: number,
  rows: readonly Parameters<typeof tx.dialect.encode<S>>[1][number][],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(spec);
  const key = names.slice(0, keys).map((name) => `"${name}"`);
  const sums = names.slice(keys).map((name) => `"${name}" = "${table}"."${name}" + excluded."${name}"`);
  await tx.execute(
    `INSERT INTO "${table}" (${columnList(spec)}) SELECT ${columnList(spec, 'r.')} FROM ${tx.dialect.eachRow(spec, 1, 'r')} WHERE true
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${sums.join(', ')}`,
    tx.dialect.encode(spec, rows),
  );
}

/** Answers known of an account and day. Only what is committed may be in it, so a chunk that fails drops it. */
const memories = new WeakMap<Store, Map<string, Set<string>>>();
/** Accounts and days in memory at once. */
const DAYS_MAX = 200;

/** Forgets which answers are known: after a chunk that was not committed. */
export const forgetAnswers = (store: Store): void => void memories.delete(store);

/** A network that never says the same twice must not fill the store: past the limit its answers are one. */
async function withinLimit(
  tx: Conn,
  store: Store,
  { answers, samples }: RollUp,
): Promise<{ answers: AnswerCount[]; samples: AnswerSample[] }> {
  const memory = memories.get(store) ?? new Map<string, Set<string>>();
  memories.set(store, memory);
  if (memory.size > DAYS_MAX) memory.clear();
  const fresh = new Set<string>();
  const kept = new Map<string, AnswerCount>();
  for (const answer of answers) {
    const place = `${answer.day.getTime()} ${answer.accountId}`;
    let known = memory.get(place);
    if (!known) {
      known = await knownAnswers(tx, answer.day, answer.accountId);
      memory.set(place, known);
    }
    const fits = known.has(answer.answerKey) || known.size < ANSWERS_A_DAY;
    const answerKey = fits ? answer.answerKey : OTHER_ANSWERS;
    if (fits && !known.has(answerKey)) {
      known.add(answerKey);
      fresh.add(answerKey);
    }
    const key = `${place} ${answer.networkCampaignId}\n${answerKey}`;
    const same = kept.get(key);
    kept.set(key, { ...answer, answerKey, count: answer.count + (same?.count ?? 0) });
  }
  return { answers: [...kept.values()], samples: samples.filter((sample) => fresh.has(sample.key)) };
}

async function knownAnswers(tx: Conn, day: Date, accountId: string): Promise<Set<string>> {
  const rows = await tx.query<{ answerKey: string }>(
    `SELECT DISTINCT "answerKey" FROM "AnswerDay" WHERE "day" = ${tx.dialect.p(1)} AND "accountId" = ${tx.dialect.p(2)}`,
    tx.dialect.time(day),
    accountId,
  );
  return new Set(rows.map((row) => row.answerKey));
}
