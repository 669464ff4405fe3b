import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { guessMapping } from './guess-mapping.ts';
import { readCsv } from './read-file.server.ts';
import { pieceOf } from './rows.server.ts';
import { type FileRow, type Source, TRIAL_ROWS } from './schema.ts';

export interface TakeFileInput {
  name: string;
  source: Source;
  /** Bytes as they come. */
  body: AsyncIterable<Uint8Array>;
  /** The reader's zone: times in the file without an offset are taken for it at first. */
  zone: string;
  actor: Actor;
}

/** Files that wait to be mapped, at most: each keeps its rows. */
const DRAFTS_MAX = 20;
/** How often an upload shows that it lives: one that does not for long is taken for cut off. */
const SIGN_MS = 30_000;

/**
 * Takes a CSV file up as it comes, piece by piece, and guesses what its columns are. Answers the id of the
 * reconciliation, which waits for a person to look at the mapping. Throws FORBIDDEN, VALIDATION_ERROR with the line of
 * the fault, TOO_LARGE, and CONFLICT where too many files wait already; nothing of a refused file is kept. Audited.
 */
export async function takeFile(ctx: Ctx, input: TakeFileInput): Promise<{ id: number; rowCount: number }> {
  const { source, actor } = input;
  requireCan(actor, 'reconcile');
  const name = oneLine(input.name);
  const waiting = await ctx.store.prisma.reconciliation.count({
    where: { state: { in: ['uploading', 'draft'] } },
  });
  if (waiting >= DRAFTS_MAX)
    throw new AppError(
      'CONFLICT',
      `${DRAFTS_MAX} files wait to be mapped, which is the most. Run or delete one of them first.`,
    );
  const now = nowOf(ctx);
  const { id } = await ctx.store.prisma.reconciliation.create({
    data: {
      name,
      source,
      state: 'uploading',
      delimiter: ',',
      header: '[]',
      createdBy: actor.id,
      createdByName: actor.name,
      createdAt: now,
      updatedAt: now,
    },
  });
  try {
    const read = await readCsv(input.body, keeper(ctx, id));
    const { header, delimiter, bytes, rowCount, pieces } = read;
    const mapping = await firstMapping(ctx, id, header, input);
    await ctx.store.transaction(async (tx) => {
      await moveUpload(tx, id, {
        state: 'draft',
        bytes,
        delimiter,
        header: JSON.stringify(header),
        mapping: JSON.stringify(mapping),
        rowCount,
        chunkCount: pieces,
        updatedAt: nowOf(ctx),
      });
      await recordAudit(tx, ctx, {
        actor,
        action: 'reconciliation_uploaded',
        subjectType: 'reconciliation',
        subjectId: String(id),
        detail: { name, source, rowCount, bytes },
      });
    });
    ctx.live.publish('jobs');
    return { id, rowCount };
  } catch (error) {
    // the runner takes the pieces away that were kept, unless it did so already: an upload that hung for long
    const { count } = await ctx.store.prisma.reconciliation.updateMany({
      where: { id },
      data: { state: 'deleting', updatedAt: nowOf(ctx) },
    });
    if (count === 0) await ctx.store.prisma.reconciliationChunk.deleteMany({ where: { runId: id } });
    throw error;
  }
}

const oneLine = (name: string): string =>
  name
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed() || 'file.csv';

/** A piece is a write of its own: whoever else writes comes between two of them. */
function keeper(ctx: Ctx, runId: number): (n: number, rows: readonly FileRow[]) => Promise<void> {
  let shownAt = ctx.clock.now();
  return async (n, rows) => {
    await ctx.store.prisma.reconciliationChunk.create({ data: { runId, n, rows: JSON.stringify(rows) } });
    if (ctx.clock.now() - shownAt < SIGN_MS) return;
    shownAt = ctx.clock.now();
    await moveUpload(ctx.store, runId, { updatedAt: nowOf(ctx) });
  };
}

/** Throws CONFLICT where the upload was given up meanwhile: its first pieces may be gone. */
async function moveUpload(
  conn: Conn,
  id: number,
  data: Parameters<Conn['prisma']['reconciliation']['updateMany']>[0]['data'],
): Promise<void> {
  const { count } = await conn.prisma.reconciliation.updateMany({ where: { id, state: 'uploading' }, data });
  if (count === 0)
    throw new AppError(
      'CONFLICT',
      'The upload took too long: for ten minutes nothing came, so it was given up. Upload the file again.',
    );
}

async function firstMapping(
  ctx: Ctx,
  id: number,
  header: readonly string[],
  { source, zone }: TakeFileInput,
): Promise<ReturnType<typeof guessMapping>> {
  const rows = (await pieceOf(ctx.store, id, 0)) ?? [];
  const accounts = await ctx.store.prisma.networkAccount.findMany({ select: { id: true }, take: 2 });
  const only = accounts.length === 1 ? (accounts[0]?.id ?? null) : null;
  return guessMapping(header, rows.slice(0, TRIAL_ROWS), source, {
    zone,
    accountId: source === 'network' ? only : null,
  });
}
