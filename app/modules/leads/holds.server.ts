import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { columnList } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { holdOf } from './policy.ts';

/** A lead whose hold has just ended, by the clock or because its campaign has none. */
export interface ReleasedLead {
  id: string;
  payoutCents: bigint | null;
  currency: string | null;
  holdState: string;
}

/**
 * Moves leads whose deadline has passed to released (RG-35), a thousand at a time. `onReleased` runs in the same
 * transaction, for what a missed deadline means elsewhere. Answers how many.
 */
export async function releaseDueLeads(
  ctx: Ctx,
  onReleased: (tx: Conn, leads: readonly ReleasedLead[], now: Date) => Promise<void>,
): Promise<number> {
  const now = nowOf(ctx);
  const released = await ctx.store.transaction(async (tx) => {
    const { dialect } = tx;
    const skip = dialect.name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
    // the state is asked twice: on PostgreSQL a row may have been disputed since the inner query saw it
    const leads = await tx.query<ReleasedLead>(
      `UPDATE "Lead" SET "holdState" = 'released', "releasedAt" = "disputeBy", "updatedAt" = ${dialect.p(1)}
       WHERE "holdState" = 'pending_release' AND "id" IN (SELECT "id" FROM "Lead" WHERE "holdState" = 'pending_release' AND "disputeBy" <= ${dialect.p(2)} ORDER BY "disputeBy" LIMIT 1000${skip})
       RETURNING "id", "payoutCents", "currency", "holdState"`,
      dialect.time(now),
      dialect.time(now),
    );
    if (leads.length > 0) await onReleased(tx, leads, now);
    return leads.length;
  });
  if (released > 0) {
    ctx.live.publish('leads');
    ctx.live.publish('refunds');
  }
  return released;
}

const HOLD = {
  id: 'text',
  holdState: 'text',
  holdingPeriodDays: 'int',
  disputeBy: 'time',
  releasedAt: 'time',
  holdAssumed: 'bool',
  updatedAt: 'time',
} as const;
const BATCH = 1000;

type AssumedLead = ReleasedLead & { heldSince: Date; disputeBy: Date | null; releasedAt: Date | null };

/** What the campaign's own days changed: leads whose hold is over after all, and leads that are held again. */
export interface ChangedHolds {
  ended: ReleasedLead[];
  revived: string[];
}

/**
 * Freezes a campaign's own holding days on leads that were opened before they were known (RG-33). On an open
 * transaction that holds the campaign's row: `openLeads` reads it under a lock, so no lead is left out.
 */
export async function freezeKnownHold(
  tx: Conn,
  now: Date,
  campaign: { accountId: string; networkCampaignId: string; holdingPeriodDays: number },
): Promise<ChangedHolds> {
  const { dialect } = tx;
  const days = campaign.holdingPeriodDays;
  const changed: ChangedHolds = { ended: [], revived: [] };
  const lock = dialect.name === 'postgres' ? ' FOR UPDATE' : '';
  for (;;) {
    const leads = await tx.query<AssumedLead>(
      `SELECT "id", "payoutCents", "currency", "holdState", "heldSince", "disputeBy", "releasedAt" FROM "Lead"
       WHERE "accountId" = ${dialect.p(1)} AND "networkCampaignId" = ${dialect.p(2)} AND "holdAssumed" ORDER BY "id" LIMIT ${BATCH}${lock}`,
      campaign.accountId,
      campaign.networkCampaignId,
    );
    const rows = leads.map(({ id, heldSince, holdState, disputeBy, releasedAt }) => {
      const hold =
        holdState === 'disputed' ? { holdState, disputeBy, releasedAt } : holdOf(heldSince, days, now);
      return { id, ...hold, holdingPeriodDays: days, holdAssumed: false, updatedAt: now };
    });
    for (const [i, lead] of leads.entries()) {
      const after = rows[i]?.holdState ?? lead.holdState;
      if (lead.holdState === 'pending_release' && after !== lead.holdState)
        changed.ended.push({ ...lead, holdState: after });
      if (lead.holdState !== 'pending_release' && after === 'pending_release') changed.revived.push(lead.id);
    }
    if (rows.length > 0) await writeHolds(tx, rows);
    if (leads.length < BATCH) return changed;
  }
}

async function writeHolds(
  tx: Conn,
  rows: Parameters<typeof tx.dialect.encode<typeof HOLD>>[1],
): Promise<void> {
  const set = Object.keys(HOLD).filter((column) => column !== 'id');
  await tx.execute(
    `UPDATE "Lead" SET ${set.map((column) => `"${column}" = r."${column}"`).join(', ')} FROM (SELECT ${columnList(HOLD, 'v.')} FROM ${tx.dialect.rows(HOLD, 1, 'v')}) r WHERE "Lead"."id" = r."id"`,
    tx.dialect.encode(HOLD, rows),
  );
}
