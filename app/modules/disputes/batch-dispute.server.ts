import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { actorOf, type BatchRecord } from './batch-row.server.ts';
import { LEFT_OUT, type Selection } from './batch-schema.ts';
import { isOfLeads, readTargets } from './batch-targets.server.ts';
import { disputeRefundIn } from './decide-review.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { disputeLeadIn } from './open-dispute.server.ts';

/** A batch that is worked off, and what its rows are ids of. */
export type RunningBatch = BatchRecord & { of: Selection['of'] };

/** What a row came to. */
interface Outcome {
  state: 'disputed' | 'needs_approval' | 'refused';
  outcome: string | null;
  messageId?: string | null;
  approvalId?: string | null;
}

const refused = (outcome: string): Outcome => ({ state: 'refused', outcome });

/**
 * Disputes one row of a batch, as a person would by hand, in one transaction with the row's own state: an interruption
 * leaves both as they were, and nothing is disputed twice. A refusal is written down. Answers false where the row is not
 * (or no longer) to be done: another runner has it, or the batch was stopped.
 */
export async function disputeRow(
  ctx: Ctx,
  deps: DisputeDeps,
  batch: RunningBatch,
  targetId: string,
): Promise<boolean> {
  try {
    return await ctx.store.transaction(async (tx) => {
      if (!(await takeRow(tx, batch.id, targetId))) return false;
      await writeOutcome(tx, ctx, batch.id, targetId, await disputeTarget(tx, ctx, deps, batch, targetId));
      return true;
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return writeRefusal(ctx, batch.id, targetId, error.message);
  }
}

/** Writes down that a row could not be done for a reason of our own. */
export const refuseRow = (ctx: Ctx, batchId: string, targetId: string): Promise<boolean> =>
  writeRefusal(ctx, batchId, targetId, `${LEFT_OUT.failed}: dispute it by itself, or look into the log.`);

async function writeRefusal(ctx: Ctx, batchId: string, targetId: string, words: string): Promise<boolean> {
  return ctx.store.transaction(async (tx) => {
    if (!(await takeRow(tx, batchId, targetId))) return false;
    await writeOutcome(tx, ctx, batchId, targetId, refused(words));
    return true;
  });
}

/**
 * Holds the batch against being stopped and the row against another runner, until the transaction ends. Batch and row
 * come before postback, lead and refund in the order of locks; nothing else takes them.
 */
async function takeRow(tx: Conn, batchId: string, targetId: string): Promise<boolean> {
  const { dialect } = tx;
  const held = dialect.name === 'postgres' ? ' FOR SHARE OF b FOR UPDATE OF r SKIP LOCKED' : '';
  const rows = await tx.query(
    `SELECT r."targetId" FROM "DisputeBatch" b JOIN "DisputeBatchRow" r ON r."batchId" = b."id"
     WHERE b."id" = ${dialect.p(1)} AND r."targetId" = ${dialect.p(2)} AND b."state" = 'running' AND r."state" = 'waiting'${held}`,
    batchId,
    targetId,
  );
  return rows.length > 0;
}

async function writeOutcome(
  tx: Conn,
  ctx: Ctx,
  batchId: string,
  targetId: string,
  outcome: Outcome,
): Promise<void> {
  const { p, time } = tx.dialect;
  await tx.execute(
    `UPDATE "DisputeBatchRow" SET "state" = ${p(1)}, "outcome" = ${p(2)}, "messageId" = ${p(3)}, "approvalId" = ${p(4)}, "updatedAt" = ${p(5)} WHERE "batchId" = ${p(6)} AND "targetId" = ${p(7)}`,
    outcome.state,
    outcome.outcome,
    outcome.messageId ?? null,
    outcome.approvalId ?? null,
    time(nowOf(ctx)),
    batchId,
    targetId,
  );
}

async function disputeTarget(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  batch: RunningBatch,
  targetId: string,
): Promise<Outcome> {
  const { of, text, templateKind } = batch;
  const [target] = await readTargets(tx, ctx, deps, { of, ids: [targetId], reason: { text, templateKind } });
  if (!target || target.leftOut !== null)
    return refused(target?.fault ?? LEFT_OUT[target?.leftOut ?? 'gone']);
  const reason = target.rendered?.reason ?? '';
  const common = { reason, delayMs: 0, batchId: batch.id, actor: actorOf(batch) };
  if (isOfLeads(of)) {
    const opened = await disputeLeadIn(tx, ctx, deps, {
      ...common,
      leadId: targetId,
      refundId: target.refundId,
    });
    return told(opened.messageId, opened.approvalId, '');
  }
  const decided = await disputeRefundIn(tx, ctx, deps, { ...common, refundId: targetId });
  const messageId = decided.disposition === 'disputing' ? decided.messageId : null;
  return told(messageId, decided.approvalId, decided.explanation);
}

function told(messageId: string | null, approvalId: string | null, otherwise: string): Outcome {
  if (approvalId !== null)
    return { state: 'needs_approval', outcome: 'Waits for another person', approvalId };
  return messageId === null
    ? refused(otherwise)
    : { state: 'disputed', outcome: 'The dispute is on its way', messageId };
}
