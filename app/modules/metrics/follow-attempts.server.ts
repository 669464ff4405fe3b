import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { oldestWriteMs, readAttempts } from './read-attempts.server.ts';
import { rollUp } from './roll-up.ts';
import { forgetAnswers, writeRollUp } from './write-roll-up.server.ts';
import { writeWords } from './write-words.server.ts';

/** The setting that holds the id of the last attempt followed. */
const WATERMARK = 'attempts_followed';
/** The follower stays this far behind: ids are drawn a moment before their batch is committed, by clocks that differ a little. */
export const BEHIND_MS = 5_000;
/**
 * Attempts in one transaction. On SQLite it is held meanwhile (some fifteen milliseconds), but a commit costs as
 * much as a third of the rest, so chunks are large; on PostgreSQL this process parts the words, and must not be held long.
 */
export const chunkOf = (conn: Pick<Conn, 'dialect'>): number =>
  conn.dialect.name === 'sqlite' ? 1_000 : 200;

type Context = Pick<Ctx, 'store' | 'clock'>;

/** The id of the last attempt that is counted and searched; '' before the first. */
export async function readWatermark(conn: Conn): Promise<string> {
  const row = await conn.prisma.setting.findUnique({ where: { key: WATERMARK } });
  return row?.value ?? '';
}

/**
 * Counts and indexes the next attempts, at most `chunkOf`: all of it and the new watermark in one transaction, which
 * is given up where another worker moved the watermark first. Answers how many attempts were read; fewer than
 * `chunkOf` means that it caught up.
 */
export async function followAttempts(ctx: Context): Promise<number> {
  const { store } = ctx;
  const from = await readWatermark(store);
  const before = ctx.clock.now() - BEHIND_MS - (await oldestWriteMs(store));
  const attempts = await readAttempts(store, { after: from, before, limit: chunkOf(store) });
  const last = attempts.at(-1);
  if (!last) return 0;
  const rows = rollUp(attempts);
  try {
    await store.transaction(async (tx) => {
      if (!(await moveWatermark(tx, from, last.id, nowOf(ctx)))) return;
      await writeRollUp(tx, store, rows);
      await writeWords(tx, attempts);
    });
  } catch (error) {
    forgetAnswers(store);
    throw error;
  }
  return attempts.length;
}

/** Whether it still stood at `from`. The row stays locked until the transaction ends: chunks are written one by one. */
async function moveWatermark(tx: Conn, from: string, to: string, at: Date): Promise<boolean> {
  const { p, time } = tx.dialect;
  const sql =
    from === ''
      ? `INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ('${WATERMARK}', ${p(1)}, ${p(2)}) ON CONFLICT ("key") DO NOTHING`
      : `UPDATE "Setting" SET "value" = ${p(1)}, "updatedAt" = ${p(2)} WHERE "key" = '${WATERMARK}' AND "value" = ${p(3)}`;
  return (await tx.execute(sql, to, time(at), ...(from === '' ? [] : [from]))) === 1;
}
