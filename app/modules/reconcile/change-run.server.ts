import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { getRun } from './list-runs.server.ts';
import { type Mapping, mappingSchema, type RunDetail, type RunState } from './schema.ts';
import { checkMapping } from './try-mapping.server.ts';

/** Keeps what the columns of a file are. Throws NOT_FOUND, FORBIDDEN, VALIDATION_ERROR, or CONFLICT once it was started. */
export async function saveMapping(
  ctx: Ctx,
  input: { id: number; mapping: unknown; actor: Actor },
): Promise<void> {
  requireCan(input.actor, 'reconcile');
  const run = await getRun(ctx, input.id);
  const mapping = parsed(input.mapping);
  await checkMapping(ctx, mapping, run);
  const { count } = await ctx.store.prisma.reconciliation.updateMany({
    where: { id: run.id, state: 'draft' },
    data: { mapping: JSON.stringify(mapping), updatedAt: nowOf(ctx) },
  });
  if (count === 0)
    throw new AppError('CONFLICT', 'This file was started already: its mapping cannot change any more.');
}

function parsed(value: unknown): Mapping {
  const result = mappingSchema.safeParse(value);
  if (result.success) return result.data;
  const details = result.error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }));
  throw new AppError('VALIDATION_ERROR', details.map(({ message }) => message).join(' '), { details });
}

/** Starts the whole file under the mapping that was tried. Throws as saveMapping. Audited. */
export async function startRun(ctx: Ctx, input: { id: number; actor: Actor }): Promise<void> {
  requireCan(input.actor, 'reconcile');
  const run = await getRun(ctx, input.id);
  if (run.mapping === null) throw new AppError('CONFLICT', 'Say first which column is what.');
  await checkMapping(ctx, run.mapping, run);
  await change(ctx, run, input.actor, 'reconciliation_started', ['draft'], {
    state: 'running',
    startedAt: nowOf(ctx),
  });
}

/** Stops a run; what was found so far stays. Throws CONFLICT where it is not under way. Audited. */
export async function cancelRun(ctx: Ctx, input: { id: number; actor: Actor }): Promise<void> {
  requireCan(input.actor, 'reconcile');
  const run = await getRun(ctx, input.id);
  await change(ctx, run, input.actor, 'reconciliation_canceled', ['running', 'comparing'], {
    state: 'canceled',
    finishedAt: nowOf(ctx),
  });
}

/** Deletes a reconciliation with all its rows, in the background. Throws CONFLICT while it is under way. Audited. */
export async function deleteRun(ctx: Ctx, input: { id: number; actor: Actor }): Promise<void> {
  requireCan(input.actor, 'reconcile');
  const run = await getRun(ctx, input.id);
  const states: RunState[] = ['draft', 'done', 'failed', 'canceled'];
  await change(ctx, run, input.actor, 'reconciliation_deleted', states, { state: 'deleting', tidied: false });
}

async function change(
  ctx: Ctx,
  run: RunDetail,
  actor: Actor,
  action: string,
  from: readonly RunState[],
  data: { state: RunState; tidied?: boolean; startedAt?: Date; finishedAt?: Date },
): Promise<void> {
  await ctx.store.transaction(async (tx) => {
    const { count } = await tx.prisma.reconciliation.updateMany({
      where: { id: run.id, state: { in: [...from] } },
      data: { ...data, updatedAt: nowOf(ctx) },
    });
    if (count === 0)
      throw new AppError(
        'CONFLICT',
        `This reconciliation is ${run.state}: that cannot be done to it now. Load the page again.`,
      );
    await recordAudit(tx, ctx, {
      actor,
      action,
      subjectType: 'reconciliation',
      subjectId: String(run.id),
      detail: {
        name: run.name,
        source: run.source,
        rowCount: run.rowCount,
        rowsDone: run.rowsDone,
        gaps: run.gaps,
      },
    });
  });
  ctx.live.publish('jobs');
}
