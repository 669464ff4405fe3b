import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { actorOf, type BatchRecord, countRows, insertRows } from './batch-row.server.ts';
import { LEFT_OUT, type Selection } from './batch-schema.ts';
import { readTargets, type Target } from './batch-targets.server.ts';
import { walkSelection } from './batch-walk.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';

/** Rows that one step writes. */
const CHUNK = 1_000;

/**
 * Writes down the next rows of a batch that is collecting, and, once all are there, lets it begin: ten seconds later.
 * It does not matter who makes a step or how often: each takes its place by a conditional update. Answers whether
 * there is more to collect.
 */
export async function collectStep(ctx: Ctx, deps: DisputeDeps, batchId: string): Promise<boolean> {
  const batch = await ctx.store.prisma.disputeBatch.findUnique({ where: { id: batchId } });
  if (batch?.state !== 'collecting') return false;
  const selection = JSON.parse(batch.selection) as Selection;
  const above = batch.collectedTo;
  const { ids, next } = await walkSelection(ctx, selection, { above, atMost: batch.newestId });
  const some = ids.slice(0, CHUNK);
  const to = ids.length > CHUNK ? (some.at(-1) ?? null) : next;
  const { text, templateKind } = batch;
  const targets = await readTargets(ctx.store, ctx, deps, {
    of: selection.of,
    ids: some,
    reason: { text, templateKind },
  });
  await ctx.store.transaction(async (tx) => {
    const now = nowOf(ctx);
    const { count } = await tx.prisma.disputeBatch.updateMany({
      where: { id: batchId, state: 'collecting', collectedTo: above },
      data: { collectedTo: to ?? above, updatedAt: now },
    });
    if (count === 0) return;
    await writeRows(tx, batchId, targets, now);
    if (to === null) await begin(tx, ctx, batch, now);
  });
  return to !== null;
}

async function writeRows(tx: Conn, batchId: string, targets: readonly Target[], now: Date): Promise<void> {
  const taken = await leadsIn(tx, batchId, targets);
  await insertRows(
    tx,
    targets.map(({ targetId, leadId, refundId, dueAt, leftOut: because, fault }) => {
      const twice = because === null && leadId !== null && taken.has(leadId);
      const leftOut = because ?? (twice ? 'same_lead' : null);
      if (leftOut === null && leadId !== null) taken.add(leadId);
      return {
        batchId,
        targetId,
        leadId,
        refundId,
        state: leftOut === null ? 'waiting' : 'left_out',
        outcome: fault ?? (leftOut === null ? null : LEFT_OUT[leftOut]),
        dueAt,
        updatedAt: now,
      };
    }),
  );
}

/** Leads that earlier rows of the batch are about: several refunds of one order need one dispute. */
async function leadsIn(tx: Conn, batchId: string, targets: readonly Target[]): Promise<Set<string>> {
  const ids = targets.map((target) => target.leadId).filter((id) => id !== null);
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ leadId: string }>(
    `SELECT "leadId" FROM "DisputeBatchRow" WHERE "batchId" = ${tx.dialect.p(1)} AND "state" = 'waiting' AND ${tx.dialect.inList('"leadId"', 2)}`,
    batchId,
    JSON.stringify(ids),
  );
  return new Set(rows.map((row) => row.leadId));
}

async function begin(tx: Conn, ctx: Ctx, batch: BatchRecord, now: Date): Promise<void> {
  await tx.prisma.disputeBatch.update({
    where: { id: batch.id },
    data: { state: 'running', startsAt: new Date(now.getTime() + UNDO_MS), updatedAt: now },
  });
  const counts = await countRows(tx, batch.id);
  await recordAudit(tx, ctx, {
    actor: actorOf(batch),
    action: 'dispute_batch_started',
    subjectType: 'dispute_batch',
    subjectId: batch.id,
    detail: {
      name: batch.name,
      selection: batch.selectionWords,
      disputes: counts.waiting,
      leftOut: counts.left_out,
      text: batch.text,
      template: batch.templateName,
    },
  });
}
