import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

export const LOSS_CAUSES = [
  'released_before_refund',
  'zero_day_hold',
  'dispute_refused',
  'missed_in_review',
  'no_dispute_call',
  'missed_deadline',
] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

/**
 * Why a payout was lost: from the lead's hold, from whether the refund was known before it ended, and from what the
 * refund waited for then (`waiting`: its disposition).
 */
export function lossCause(lead: { holdState: string }, knownInTime: boolean, waiting?: string): LossCause {
  if (lead.holdState === 'none') return 'zero_day_hold';
  if (!knownInTime) return 'released_before_refund';
  if (waiting === 'needs_review') return 'missed_in_review';
  return waiting === 'manual' ? 'no_dispute_call' : 'missed_deadline';
}

/**
 * Records a payout that can no longer be taken back, as its lead tells it; one lead is lost at most once. On an open
 * transaction.
 */
export async function recordLoss(
  tx: Conn,
  ctx: Pick<Ctx, 'clock' | 'newId'>,
  input: { lead: { id: string }; refundId: string | null; cause: LossCause; explanation: string },
): Promise<void> {
  const { p, time } = tx.dialect;
  await tx.execute(
    `INSERT INTO "Loss" ("id", "refundId", "cause", "explanation", "createdAt", "leadId", "accountId", "networkCampaignId", "payoutCents", "currency")
     SELECT ${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}, ${p(5)}, "id", "accountId", "networkCampaignId", "payoutCents", "currency" FROM "Lead" WHERE "id" = ${p(6)}
     ON CONFLICT ("leadId") DO NOTHING`,
    ctx.newId('los'),
    input.refundId,
    input.cause,
    input.explanation,
    time(nowOf(ctx)),
    input.lead.id,
  );
}
