import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { lockedRefund } from './lock-postback.server.ts';
import { announceRefunds, searchAgain, tieRefund } from './tie-refund.server.ts';

/** Refunds looked at in one run: the newest, and as many again further back, turn by turn. */
const NEWEST = 500;
const TURN = 2000;
/** Where each installation's turn has come to. Lost at a restart, which only means to begin at the front. */
const turns = new WeakMap<Ctx, string>();

const HAS_ORDER = `(EXISTS (SELECT 1 FROM "Conversion" c WHERE c."externalId" = r."externalId") OR EXISTS (SELECT 1 FROM "PaymentRef" p WHERE p."paymentId" = r."paymentId")
  OR EXISTS (SELECT 1 FROM "Conversion" c WHERE c."externalId" = r."paymentId")
  OR EXISTS (SELECT 1 FROM "RefundKey" k JOIN "PaymentRef" p ON p."paymentId" = k."key" WHERE k."refundId" = r."id")
  OR EXISTS (SELECT 1 FROM "RefundKey" k JOIN "Conversion" c ON c."externalId" = k."key" WHERE k."refundId" = r."id"))`;

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
      if (!refund) return 0;
      if (refund.conversionId) return (await lookAgain(tx, ctx, deps, id)) ? 1 : 0;
      const { match, keys } = await searchAgain(tx, refund);
      if (!match) return 0;
      return (await tieRefund(tx, ctx, deps, { id, match, keys, from: ['unmatched'] })) ? 1 : 0;
    });
  }
  if (moved > 0) announceRefunds(ctx);
  return moved;
}

/** One that has its order already, and whose lead's hold or dispute has changed. */
async function lookAgain(tx: Conn, ctx: Ctx, deps: DisputeDeps, id: string): Promise<boolean> {
  const refund = await lockedRefund(tx, id);
  if (refund?.disposition !== 'awaiting_lead') return false;
  await evaluateRefund(tx, ctx, deps, refund);
  return true;
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
