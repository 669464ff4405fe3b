import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { mustBeApproved, requestApproval, WAITS_FOR_APPROVAL } from './approval-request.server.ts';
import type { ConversionRow, LeadRow, RefundRow } from './refund-facts.server.ts';
import { disputeReason } from './refund-words.ts';
import { plainRefundId } from './schema.ts';

/** The reason that is written from a refund where nobody wrote another. */
export const reasonFor = (refund: RefundRow, conversion: ConversionRow, lead: LeadRow): string =>
  disputeReason(
    { ...refund, refundId: plainRefundId(refund), amountCents: numberOrNull(refund.amountCents) },
    conversion.externalId,
    conversion.currency ?? lead.currency,
  );

/** A person chose to dispute: where four eyes are wanted it is asked for instead. Null: it may leave. */
export async function askForApproval(
  tx: Conn,
  ctx: Ctx,
  {
    refund,
    conversion,
    lead,
    options,
  }: {
    refund: RefundRow;
    conversion: ConversionRow;
    lead: LeadRow;
    options: { actor?: Actor; reason?: string | undefined; batchId?: string | undefined };
  },
): Promise<{ approvalId: string; explanation: string } | null> {
  if (lead.approvalId !== null) throw new AppError('CONFLICT', WAITS_FOR_APPROVAL);
  const actor = options.actor ?? SYSTEM;
  if (!(await mustBeApproved(tx, actor, lead))) return null;
  const reason = options.reason ?? reasonFor(refund, conversion, lead);
  const { batchId } = options;
  const { approvalId } = await requestApproval(tx, ctx, {
    lead,
    refundId: refund.id,
    reason,
    batchId,
    actor,
  });
  return { approvalId, explanation: 'Another person must approve the dispute before it leaves.' };
}

/** Columns of a refund that a person reported, or tied to its order, by hand; none for systems. */
export const byHand = (actor: Actor | undefined): { reportedBy?: string | null; reportedByName?: string } =>
  actor?.type === 'user' ? { reportedBy: actor.id, reportedByName: actor.name } : {};

const personOf = ({ reportedBy, reportedByName }: RefundRow): Actor | null =>
  reportedBy === null
    ? null
    : { ...SYSTEM, type: 'user', id: reportedBy, name: reportedByName ?? 'A former user' };

/**
 * Who alone vouches for a refund that no system told, or whose order no system found; or for a part without which the
 * parts that systems told are not the whole order.
 */
async function reporterOf(tx: Conn, refund: RefundRow, conversion: ConversionRow): Promise<Actor | null> {
  const own = personOf(refund);
  if (own || refund.kind !== 'refund' || refund.full === true || refund.amountCents === null) return own;
  const parts = await tx.prisma.refund.findMany({
    where: { conversionId: conversion.id, kind: 'refund', reversal: null },
    orderBy: { id: 'asc' },
  });
  const typed = parts.find((part) => part.reportedBy !== null);
  if (!typed) return null;
  const told = parts
    .filter((part) => part.reportedBy === null)
    .reduce((sum, part) => sum + Number(part.amountCents ?? 0), 0);
  const whole = conversion.revenueCents !== null && told >= Number(conversion.revenueCents);
  return whole ? null : personOf(typed);
}

/**
 * A rule would dispute a refund that only a person vouches for: where four eyes are wanted, it is asked for in their
 * name, and the refund waits for it. A rule approves what systems tell, not what somebody types in. Null: it may leave.
 */
export async function askForReporter(
  tx: Conn,
  ctx: Ctx,
  { refund, conversion, lead }: { refund: RefundRow; conversion: ConversionRow; lead: LeadRow },
): Promise<{ approvalId: string; explanation: string } | null> {
  const actor = await reporterOf(tx, refund, conversion);
  const words = (name: string) => `${name} reported it, or its order, by hand`;
  return actor && askInNameOf(tx, ctx, { refund, conversion, lead, actor, words: words(actor.name) });
}

/** Who chose to dispute the refund before there was a lead; null where nobody did. */
export const deciderOf = ({ decidedBy }: RefundRow): Actor | null =>
  decidedBy === null ? null : (JSON.parse(decidedBy) as Actor);

/**
 * The lead has come of a refund that this person chose to dispute before: where four eyes are wanted, it is asked for
 * now, and the refund waits for it. Null: it may leave.
 */
export const askForDecider = (
  tx: Conn,
  ctx: Ctx,
  input: { refund: RefundRow; conversion: ConversionRow; lead: LeadRow; actor: Actor },
): Promise<{ approvalId: string; explanation: string } | null> =>
  askInNameOf(tx, ctx, { ...input, words: `${input.actor.name} chose to dispute it` });

/** Asks for the dispute in a person's name while nobody waits for the answer. Null: it needs no approval. */
async function askInNameOf(
  tx: Conn,
  ctx: Ctx,
  {
    refund,
    conversion,
    lead,
    actor,
    words,
  }: { refund: RefundRow; conversion: ConversionRow; lead: LeadRow; actor: Actor; words: string },
): Promise<{ approvalId: string; explanation: string } | null> {
  if (!(await mustBeApproved(tx, actor, lead))) return null;
  const reason = reasonFor(refund, conversion, lead);
  const approvalId =
    lead.approvalId ??
    (await requestApproval(tx, ctx, { lead, refundId: refund.id, reason, actor })).approvalId;
  const explanation =
    lead.approvalId === null
      ? `${words}: another person must approve the dispute before it leaves.`
      : WAITS_FOR_APPROVAL;
  await tx.prisma.refund.update({
    where: { id: refund.id },
    data: {
      disposition: 'needs_review',
      explanation,
      leadId: lead.id,
      graceUntil: null,
      decidedBy: null,
      updatedAt: nowOf(ctx),
    },
  });
  return { approvalId, explanation };
}
