import { type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { drop, endApproval } from './approval-request.server.ts';
import { lockLead, lockPostback } from './lock-postback.server.ts';
import { lossCause, recordLoss } from './record-loss.server.ts';
import type { LeadRow } from './refund-facts.server.ts';

export type ApprovalRow = NonNullable<Awaited<ReturnType<Conn['prisma']['disputeApproval']['findUnique']>>>;

/** An approval with its lead, both held: nobody else can decide about them until the transaction ends. */
export async function heldApproval(
  tx: Conn,
  id: string,
): Promise<{ approval: ApprovalRow; lead: LeadRow } | null> {
  const seen = await tx.prisma.disputeApproval.findUnique({ where: { id }, select: { leadId: true } });
  if (!seen) return null;
  const at = await tx.prisma.lead.findUnique({ where: { id: seen.leadId }, select: { postbackId: true } });
  await lockPostback(tx, at?.postbackId ?? null);
  await lockLead(tx, seen.leadId);
  return {
    approval: await tx.prisma.disputeApproval.findUniqueOrThrow({ where: { id } }),
    lead: await tx.prisma.lead.findUniqueOrThrow({ where: { id: seen.leadId } }),
  };
}

/**
 * Ends a pending approval that nobody can act on any more, on the transaction that holds it: the hold is over (then the
 * payout is recorded as lost), the lead is disputed otherwise, or its refund does not stand. Answers what became of
 * it in plain words, or null where it still stands.
 */
export async function endIfStale(
  tx: Conn,
  ctx: Ctx,
  { approval, lead }: { approval: ApprovalRow; lead: LeadRow },
): Promise<string | null> {
  const over = async (state: 'expired' | 'overtaken', note: string): Promise<string> => {
    await endApproval(tx, ctx, approval, { state, actor: SYSTEM, note });
    return note;
  };
  if (lead.holdState === 'disputed' || lead.disputeMessageId !== null)
    return over('overtaken', 'The lead is disputed already: nothing is left to approve.');
  const refund = approval.refundId
    ? await tx.prisma.refund.findUnique({ where: { id: approval.refundId } })
    : null;
  const dropped = async (note: string): Promise<string> => {
    await drop(tx, ctx, approval, note);
    return note;
  };
  if (refund?.reversal)
    return dropped(
      refund.reversal === 'won'
        ? 'The chargeback was won back: nothing is to be disputed.'
        : 'The refund did not go through: nothing is to be disputed.',
    );
  // one that was let pass before is no reason: whoever asked knew, and wants the lead disputed all the same
  const letPass = refund?.disposition === 'ignored' && refund.updatedAt > approval.createdAt;
  if (refund && (refund.leadId !== lead.id || letPass))
    return dropped('The refund it was asked for was let pass, or is of another order.');
  const now = nowOf(ctx);
  const held = lead.holdState === 'pending_release' && (lead.disputeBy === null || lead.disputeBy > now);
  if (held) return null;
  const note = `Nobody approved the dispute that ${approval.requestedByName} asked for before the holding period ended: the payout was released and cannot be taken back.`;
  await recordLoss(tx, ctx, {
    lead,
    refundId: approval.refundId,
    cause: lossCause(lead, true, 'needs_review'),
    explanation: note,
  });
  return over('expired', note);
}

const BATCH = 500;
/** Where each installation's turn through pending approvals has come to. Lost at a restart: it begins at the front. */
const turns = new WeakMap<Ctx, string>();

/**
 * Closes approvals whose time is over or that nothing is left of, and keeps their deadlines in step with their leads'.
 * For the clockwork. Bounded: those that are due, and as many others turn by turn. Answers how many ended.
 */
export async function tendApprovals(ctx: Ctx): Promise<number> {
  const { store } = ctx;
  const due = await store.query<{ id: string }>(
    `SELECT "id" FROM "DisputeApproval" WHERE "state" = 'pending' AND "dueAt" <= ${store.dialect.p(1)} ORDER BY "dueAt", "id" LIMIT ${BATCH}`,
    store.dialect.time(nowOf(ctx)),
  );
  const ids = new Set([...due.map((row) => row.id), ...(await changed(ctx))]);
  let ended = 0;
  for (const id of ids)
    ended += await store.transaction(async (tx) => {
      const held = await heldApproval(tx, id);
      if (held?.approval.state !== 'pending') return 0;
      if ((await endIfStale(tx, ctx, held)) !== null) return 1;
      const { disputeBy } = held.lead;
      if (disputeBy)
        await tx.prisma.disputeApproval.updateMany({
          where: { id, state: 'pending' },
          data: { dueAt: disputeBy },
        });
      return 0;
    });
  if (ended > 0) for (const topic of ['leads', 'refunds'] as const) ctx.live.publish(topic);
  return ended;
}

/** Pending approvals whose lead or refund is not as it was when they were asked for. */
async function changed(ctx: Ctx): Promise<string[]> {
  const { store } = ctx;
  const rows = await store.query<{ id: string; differs: boolean | number | bigint }>(
    `SELECT a."id", CASE WHEN l."holdState" <> 'pending_release' OR l."disputeMessageId" IS NOT NULL OR l."disputeBy" <> a."dueAt"
       OR r."reversal" IS NOT NULL OR r."leadId" <> a."leadId" OR (r."disposition" = 'ignored' AND r."updatedAt" > a."createdAt") THEN 1 ELSE 0 END AS "differs"
     FROM (SELECT * FROM "DisputeApproval" WHERE "state" = 'pending' AND "id" > ${store.dialect.p(1)} ORDER BY "id" LIMIT ${BATCH}) a
       JOIN "Lead" l ON l."id" = a."leadId" LEFT JOIN "Refund" r ON r."id" = a."refundId" ORDER BY a."id"`,
    turns.get(ctx) ?? '',
  );
  turns.set(ctx, rows.length < BATCH ? '' : (rows.at(-1)?.id ?? ''));
  return rows.flatMap((row) => (Number(row.differs) === 1 ? [row.id] : []));
}
