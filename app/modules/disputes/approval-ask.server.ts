import { type Actor, type Ctx, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { mustBeApproved, requestApproval, WAITS_FOR_APPROVAL } from './approval-request.server.ts';
import { type ConversionRow, cents, type LeadRow, type RefundRow } from './refund-facts.server.ts';
import { disputeReason } from './refund-words.ts';
import { plainRefundId } from './schema.ts';

/** The reason that is written from a refund where nobody wrote another. */
export const reasonFor = (refund: RefundRow, conversion: ConversionRow, lead: LeadRow): string =>
  disputeReason(
    { ...refund, refundId: plainRefundId(refund), amountCents: cents(refund.amountCents) },
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
