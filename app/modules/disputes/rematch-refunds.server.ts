import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { findConversion } from './report-refund.server.ts';

/** Refunds looked at in one run: the newest, and as many again further back, turn by turn. */
const NEWEST = 500;
const TURN = 2000;
/** Where each installation's turn has come to. Lost at a restart, which only means to begin at the front. */
const turns = new WeakMap<Ctx, string>();

const HAS_ORDER = `(EXISTS (SELECT 1 FROM "Conversion" c WHERE c."externalId" = r."externalId") OR EXISTS (SELECT 1 FROM "PaymentRef" p WHERE p."paymentId" = r."paymentId"))`;

/**
 * Looks again at refunds that had no order, and at those whose lead's hold has changed. A shop that reports every
 * refund but only attributed orders has many that never find one, so a run looks at a bounded number and comes to
 * all of them in turn. Answers how many were moved on.
 */
export async function rematchRefunds(ctx: Ctx, deps: DisputeDeps): Promise<number> {
  let moved = 0;
  for (const { id } of await candidates(ctx)) {
    moved += await ctx.store.transaction(async (tx) => {
      const refund = await tx.prisma.refund.findUnique({ where: { id } });
      const conversionId = refund && (refund.conversionId ?? (await findConversion(tx, refund)));
      if (!conversionId) return 0;
      return (await link(tx, ctx, deps, { id, conversionId, from: ['unmatched', 'awaiting_lead'] })) ? 1 : 0;
    });
  }
  if (moved > 0) announce(ctx);
  return moved;
}

async function candidates(ctx: Ctx): Promise<{ id: string }[]> {
  const { store } = ctx;
  const from = turns.get(ctx) ?? '';
  const revived = await store.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE "disposition" = 'awaiting_lead' AND "leadId" IS NOT NULL LIMIT ${NEWEST}`,
  );
  const newest = await store.query<{ id: string }>(
    `SELECT r."id" FROM (SELECT * FROM "Refund" WHERE "disposition" = 'unmatched' ORDER BY "id" DESC LIMIT ${NEWEST}) r WHERE ${HAS_ORDER}`,
  );
  const turn = await store.query<{ id: string; found: boolean | number | bigint }>(
    `SELECT r."id", ${HAS_ORDER} AS "found" FROM (SELECT * FROM "Refund" WHERE "disposition" = 'unmatched' AND "id" > ${store.dialect.p(1)} ORDER BY "id" LIMIT ${TURN}) r ORDER BY r."id"`,
    from,
  );
  turns.set(ctx, turn.length < TURN ? '' : (turn.at(-1)?.id ?? ''));
  const ids = new Set(
    [...revived, ...newest, ...turn.filter((row) => Boolean(row.found))].map((row) => row.id),
  );
  return [...ids].sort().map((id) => ({ id }));
}

/**
 * Ties a refund that found no order to one, by the order's externalId or payment id, and does what the policy says.
 * Throws NOT_FOUND when there is no such refund or order, CONFLICT when it already has one.
 */
export async function linkRefund(
  ctx: Ctx,
  deps: DisputeDeps,
  input: { refundId: string; order: string; actor: Actor },
): Promise<{ disposition: string }> {
  const disposition = await ctx.store.transaction(async (tx) => {
    const refund = await tx.prisma.refund.findUnique({ where: { id: input.refundId } });
    if (!refund) throw new AppError('NOT_FOUND', `There is no refund with the id ${input.refundId}.`);
    if (refund.disposition !== 'unmatched')
      throw new AppError('CONFLICT', `This refund already has its order: ${refund.explanation}`);
    const conversionId = await findConversion(tx, { externalId: input.order, paymentId: input.order });
    if (!conversionId)
      throw new AppError(
        'NOT_FOUND',
        `No order carries the id "${input.order}", neither as externalId nor as a payment id. Ids are case-sensitive.`,
      );
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'refund_linked',
      subjectType: 'refund',
      subjectId: refund.id,
      detail: { order: input.order, conversionId },
    });
    const decision = await link(tx, ctx, deps, { id: refund.id, conversionId, from: ['unmatched'] });
    if (!decision)
      throw new AppError('CONFLICT', 'This refund found its order a moment ago: look at it again.');
    return decision.disposition;
  });
  announce(ctx);
  return { disposition };
}

/** Ties a refund to its order and decides about it; null where somebody else was faster. */
async function link(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  { id, conversionId, from }: { id: string; conversionId: string; from: string[] },
) {
  const { count } = await tx.prisma.refund.updateMany({
    where: { id, disposition: { in: from } },
    data: { conversionId, updatedAt: nowOf(ctx) },
  });
  return count === 0
    ? null
    : evaluateRefund(tx, ctx, deps, await tx.prisma.refund.findUniqueOrThrow({ where: { id } }));
}

function announce(ctx: Ctx): void {
  for (const topic of ['outbox', 'leads', 'refunds', 'postbacks'] as const) ctx.live.publish(topic);
}
