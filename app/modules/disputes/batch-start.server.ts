import { refusedInput } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { collectStep } from './batch-collect.server.ts';
import { previewBatch, type ReasonChoice, reasonOf } from './batch-preview.server.ts';
import { announceBatch, countRows } from './batch-row.server.ts';
import { BATCH_MAX, type BatchPreview, batchSchema } from './batch-schema.ts';
import { turn } from './batch-walk.server.ts';
import { batchName } from './batch-words.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';

export interface StartedBatch {
  batchId: string;
  name: string;
  /** How many are to be disputed. */
  eligible: number;
  /** Of those, how many leave at once: their deadline is too near to wait for an undo. */
  atOnce: number;
  /** ISO; nothing else leaves before, and until then `undoBatch` takes it back. */
  startsAt: string;
  undoMs: number;
}

/**
 * Disputes everything that is selected, one row at a time in order of deadline, beginning ten seconds from now. What
 * each row came to is kept. Throws VALIDATION_ERROR (selection, text, name), NOT_FOUND (template), and CONFLICT where
 * nothing of it can be disputed or too much matches. Audited.
 */
export async function startBatch(
  ctx: Ctx,
  deps: DisputeDeps,
  input: { selection: unknown; name?: string | undefined; actor: Actor } & ReasonChoice,
): Promise<StartedBatch> {
  const { actor, ...asked } = input;
  const parsed = batchSchema.safeParse(asked);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const { selection } = parsed.data;
  const reason = await reasonOf(ctx, parsed.data);
  if (!reason)
    throw refusedInput([{ path: ['text'], message: 'Choose a reason template or write a reason' }]);
  const preview = await previewBatch(ctx, deps, parsed.data);
  refuseImpossible(preview);
  const name = parsed.data.name || batchName(preview.eligible, reason.templateName);
  const now = nowOf(ctx);
  const batchId = ctx.newId('dsb');
  await ctx.store.prisma.disputeBatch.create({
    data: {
      id: batchId,
      name,
      selection: JSON.stringify(selection),
      selectionWords: preview.selection,
      newestId: preview.newestId,
      text: reason.text,
      templateKind: reason.templateKind,
      templateName: reason.templateName,
      state: 'collecting',
      atOnce: preview.atOnce,
      createdByType: actor.type,
      createdById: actor.id,
      createdByName: actor.name,
      createdByRole: actor.role,
      ip: actor.ip,
      createdAt: now,
      updatedAt: now,
    },
  });
  while (await collectStep(ctx, deps, batchId)) await turn();
  announceBatch(ctx);
  const { startsAt } = await ctx.store.prisma.disputeBatch.findUniqueOrThrow({
    where: { id: batchId },
    select: { startsAt: true },
  });
  // what was written down: a row may have changed since it was previewed
  const { left_out: _leftOut, ...written } = await countRows(ctx.store, batchId);
  const eligible = Object.values(written).reduce((sum, n) => sum + n, 0);
  const { atOnce } = preview;
  const starts = startsAt ?? new Date(nowOf(ctx).getTime() + UNDO_MS);
  return { batchId, name, eligible, atOnce, startsAt: starts.toISOString(), undoMs: UNDO_MS };
}

function refuseImpossible({ eligible, tooMany, matched, notAllowed }: BatchPreview): void {
  if (tooMany)
    throw new AppError(
      'CONFLICT',
      `More than ${BATCH_MAX.toLocaleString('en-US')} match, which is the most for one batch. Narrow the selection and dispute it in parts.`,
    );
  if (matched === 0)
    throw new AppError(
      'CONFLICT',
      'Nothing matches any more, so nothing was disputed. Look at the list again.',
    );
  if (eligible > 0) return;
  const why = notAllowed.map(({ words, count }) => `${count}: ${words}`).join('. ');
  throw new AppError('CONFLICT', `Nothing of what is selected can be disputed. ${why}.`);
}
