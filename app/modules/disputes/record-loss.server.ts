import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

export type LossCause = 'released_before_refund' | 'zero_day_hold' | 'dispute_refused' | 'missed_deadline';

/** Why a payout was lost, from the lead's hold and from when the refund was known. */
export function lossCause(lead: { holdState: string }, knownInTime: boolean): LossCause {
  if (lead.holdState === 'none') return 'zero_day_hold';
  return knownInTime ? 'missed_deadline' : 'released_before_refund';
}

/** Records a payout that can no longer be taken back; one lead is lost at most once. On an open transaction. */
export async function recordLoss(
  tx: Conn,
  ctx: Pick<Ctx, 'clock' | 'newId'>,
  input: {
    lead: { id: string; payoutCents: bigint | null; currency: string | null };
    refundId: string | null;
    cause: LossCause;
    explanation: string;
  },
): Promise<void> {
  const known = await tx.prisma.loss.count({ where: { leadId: input.lead.id } });
  if (known > 0) return;
  await tx.prisma.loss.create({
    data: {
      id: ctx.newId('los'),
      leadId: input.lead.id,
      refundId: input.refundId,
      payoutCents: input.lead.payoutCents,
      currency: input.lead.currency,
      cause: input.cause,
      explanation: input.explanation,
      createdAt: nowOf(ctx),
    },
  });
}
