import type { DisputeReading } from '#app/connectors/types.ts';
import type { ReleasedLead } from '#app/modules/leads/index.server.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { lossCause, recordLoss } from './record-loss.server.ts';

export interface AnsweredDispute {
  messageId: string;
  leadId: string;
  status: MessageStatus;
  reading: DisputeReading;
  at: Date;
}

/**
 * What the network's answer to a dispute means for the lead and its refunds (RG-37, RG-38), on the transaction that
 * settles the message. A refusal after the deadline is a loss.
 */
export async function applyDisputes(tx: Conn, ctx: Ctx, answers: readonly AnsweredDispute[]): Promise<void> {
  for (const answer of answers) {
    if (answer.status === 'delivered' || answer.status === 'duplicate') await accepted(tx, answer);
    else if (answer.status === 'failed' || answer.status === 'exhausted') await refused(tx, ctx, answer);
  }
}

async function accepted(tx: Conn, { leadId, messageId, reading, at }: AnsweredDispute): Promise<void> {
  const said = reading.dispute;
  await tx.prisma.lead.update({
    where: { id: leadId },
    data: {
      status: said?.status ?? 'DISPUTED',
      holdState: 'disputed',
      disputedAt: said?.disputedAt ? new Date(said.disputedAt) : at,
      // the hold may have ended while the answer was on its way
      releasedAt: null,
      ...(said?.disputeReason ? { disputeReason: said.disputeReason } : {}),
      updatedAt: at,
    },
  });
  await tx.prisma.loss.deleteMany({ where: { leadId } });
  const followed = { disputeMessageId: messageId };
  await tx.prisma.refund.updateMany({
    where: { ...followed, reversal: null },
    data: {
      disposition: 'disputed',
      explanation: 'The network took the payout back: the affiliate is not paid.',
      updatedAt: at,
    },
  });
  // one that was reversed meanwhile keeps its words: it cannot be undone
  await tx.prisma.refund.updateMany({
    where: { ...followed, NOT: { reversal: null } },
    data: { disposition: 'disputed', updatedAt: at },
  });
}

/** A dispute that came to nothing: back to a person, or lost where the hold is over. On an open transaction. */
export async function refused(
  tx: Conn,
  ctx: Ctx,
  {
    leadId,
    messageId,
    reading,
    status,
    at,
    words: instead,
  }: Omit<AnsweredDispute, 'reading'> & { reading: Pick<DisputeReading, 'errorMessage'>; words?: string },
): Promise<void> {
  const lead = await tx.prisma.lead.findUnique({ where: { id: leadId } });
  if (!lead) return;
  const words = instead ? ` ${instead}` : reading.errorMessage ? ` It says: "${reading.errorMessage}".` : '';
  const late = lead.holdState === 'released' || (lead.disputeBy !== null && lead.disputeBy <= at);
  const explanation = late
    ? `The network did not take the dispute, and the holding period is over: the payout cannot be taken back.${words}`
    : status === 'exhausted'
      ? `The dispute could not be delivered: all attempts failed. Retry it before the deadline.${words}`
      : `The network refused the dispute. Put the cause right and retry it before the deadline.${words}`;
  const followed = await tx.prisma.refund.findMany({
    where: { disputeMessageId: messageId },
    select: { id: true, reversal: true },
    orderBy: { id: 'asc' },
  });
  const refund = followed.find((one) => one.reversal === null);
  // where every reason for the dispute was reversed, the payout was right
  if (late && (refund || followed.length === 0)) {
    await recordLoss(tx, ctx, { lead, refundId: refund?.id ?? null, cause: 'dispute_refused', explanation });
  }
  // the lead is free for another try; the refused message stays as evidence
  await tx.prisma.lead.updateMany({
    where: { id: leadId, disputeMessageId: messageId },
    data: { disputeMessageId: null, updatedAt: at },
  });
  await tx.prisma.refund.updateMany({
    where: { disputeMessageId: messageId, reversal: null },
    data: { disposition: late ? 'too_late' : 'needs_review', explanation, updatedAt: at },
  });
  await tx.prisma.refund.updateMany({
    where: { disputeMessageId: messageId, NOT: { reversal: null } },
    data: {
      disposition: 'ignored',
      explanation: `It was reversed, and the network did not take the dispute: the affiliate is paid.${words}`,
      disputeMessageId: null,
      updatedAt: at,
    },
  });
}

const MISSED: Record<string, string> = {
  needs_review:
    'Nobody decided before the holding period ended: the payout was released and cannot be taken back.',
  manual:
    'This network takes no disputes by API, and the refund was not marked done before the holding period ended: the payout was released.',
  in_grace:
    'The holding period ended in the grace time of the refund: the payout was released and cannot be taken back.',
};
const ZERO_DAYS =
  'The campaign turned out to have a holding period of zero days: the payout was released at once and cannot be taken back.';

/**
 * A hold ended while a refund of the lead still waited for a person: the deadline was missed, and the payout is
 * lost (RG-38). A dispute that is under way is left to its answer. On the transaction that releases the leads.
 */
export async function recordMissedDeadlines(
  tx: Conn,
  ctx: Ctx,
  leads: readonly ReleasedLead[],
): Promise<void> {
  if (leads.length === 0) return;
  const now = nowOf(ctx);
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  const missed = await tx.query<{ id: string; leadId: string; disposition: string }>(
    `SELECT "id", "leadId", "disposition" FROM "Refund" WHERE "disposition" IN ('needs_review', 'manual', 'in_grace') AND ${tx.dialect.inList('"leadId"', 1)}`,
    JSON.stringify([...byId.keys()]),
  );
  for (const refund of missed) {
    const lead = byId.get(refund.leadId);
    if (!lead) continue;
    const explanation = lead.holdState === 'none' ? ZERO_DAYS : (MISSED[refund.disposition] ?? '');
    const cause = lossCause(lead, true, refund.disposition);
    await recordLoss(tx, ctx, { lead, refundId: refund.id, cause, explanation });
    await tx.prisma.refund.update({
      where: { id: refund.id },
      data: { disposition: 'too_late', explanation, graceUntil: null, updatedAt: now },
    });
  }
}

/**
 * The hold of these leads turned out to be longer than was assumed: what was written off is not lost. Their refunds
 * are looked at anew within seconds (`rematchRefunds`). On the transaction that changes the holds.
 */
export async function reviveLosses(tx: Conn, ctx: Ctx, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  const { dialect } = tx;
  const explanation = 'The holding period is longer than was assumed: it is looked at again.';
  await tx.execute(`DELETE FROM "Loss" WHERE ${dialect.inList('"leadId"', 1)}`, JSON.stringify(leadIds));
  await tx.execute(
    `UPDATE "Refund" SET "disposition" = 'awaiting_lead', "explanation" = ${dialect.p(1)}, "updatedAt" = ${dialect.p(2)}
     WHERE "disposition" = 'too_late' AND ${dialect.inList('"leadId"', 3)}`,
    explanation,
    dialect.time(nowOf(ctx)),
    JSON.stringify(leadIds),
  );
}
