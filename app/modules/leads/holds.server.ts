import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { holdOf } from './policy.ts';

/** A lead whose hold has just ended by the clock. */
export interface ReleasedLead {
  id: string;
  payoutCents: bigint | null;
  currency: string | null;
  disputeBy: Date;
}

/**
 * Moves leads whose deadline has passed to released (RG-35), a thousand at a time. `onReleased` runs in the same
 * transaction, for what a missed deadline means elsewhere. Answers how many.
 */
export async function releaseDueLeads(ctx: Ctx, onReleased: (tx: Conn, leads: readonly ReleasedLead[], now: Date) => Promise<void>): Promise<number> {
  const now = nowOf(ctx);
  const released = await ctx.store.transaction(async (tx) => {
    const { dialect } = tx;
    const leads = await tx.query<ReleasedLead>(
      `UPDATE "Lead" SET "holdState" = 'released', "releasedAt" = "disputeBy", "updatedAt" = ${dialect.p(1)}
       WHERE "id" IN (SELECT "id" FROM "Lead" WHERE "holdState" = 'pending_release' AND "disputeBy" <= ${dialect.p(2)} ORDER BY "disputeBy" LIMIT 1000)
       RETURNING "id", "payoutCents", "currency", "disputeBy"`,
      dialect.time(now),
      dialect.time(now),
    );
    if (leads.length > 0) await onReleased(tx, leads, now);
    return leads.length;
  });
  if (released > 0) ctx.live.publish('leads');
  return released;
}

/** When the next hold ends, or null when none is pending. */
export async function nextReleaseAt(ctx: Ctx): Promise<Date | null> {
  const lead = await ctx.store.prisma.lead.findFirst({ where: { holdState: 'pending_release' }, orderBy: { disputeBy: 'asc' }, select: { disputeBy: true } });
  return lead?.disputeBy ?? null;
}

/** Freezes a campaign's own holding days on leads that were opened before they were known. On an open transaction. */
export async function freezeKnownHold(tx: Conn, now: Date, campaign: { accountId: string; networkCampaignId: string; holdingPeriodDays: number }): Promise<void> {
  const leads = await tx.prisma.lead.findMany({
    where: { accountId: campaign.accountId, networkCampaignId: campaign.networkCampaignId, holdAssumed: true },
    select: { id: true, heldSince: true, holdState: true },
  });
  for (const lead of leads) {
    const hold = lead.holdState === 'disputed' ? {} : holdOf(lead.heldSince, campaign.holdingPeriodDays, now);
    await tx.prisma.lead.update({ where: { id: lead.id }, data: { ...hold, holdingPeriodDays: campaign.holdingPeriodDays, holdAssumed: false, updatedAt: now } });
  }
}
