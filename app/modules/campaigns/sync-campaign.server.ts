import type { NetworkCampaign } from '#app/connectors/types.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { type CampaignDeps, fetchCampaign } from './call-network.server.ts';

/** Told in the same transaction when a campaign's own holding days become known. */
export type OnHoldKnown = (
  tx: Conn,
  campaign: { accountId: string; networkCampaignId: string; holdingPeriodDays: number },
) => Promise<void>;

/** Columns of a campaign as the network tells it. */
export function campaignColumns(campaign: NetworkCampaign, raw: string, now: Date) {
  return {
    name: campaign.name,
    status: campaign.status,
    compensationModel: campaign.compensationModel,
    payoutPerUnitCents: campaign.payoutPerUnitCents,
    payoutPercentage: campaign.payoutPercentage,
    currency: campaign.currency,
    holdingPeriodDays: campaign.holdingPeriodDays,
    budgetCents: campaign.budgetCents,
    spentCents: campaign.spentCents,
    testTrackingCode: campaign.testTrackingCode,
    trackingConfirmedAt: campaign.trackingConfirmedAt ? new Date(campaign.trackingConfirmedAt) : null,
    raw: raw.slice(0, 64 * 1024),
    syncedAt: now,
    syncError: null,
    syncDueAt: null,
    updatedAt: now,
  };
}

/** Those of the columns that the network told: what it leaves out of an answer does not wipe what was known. */
export function toldColumns(
  columns: ReturnType<typeof campaignColumns>,
): Partial<ReturnType<typeof campaignColumns>> {
  return Object.fromEntries(
    Object.entries(columns).filter(([name, value]) => value !== null || name.startsWith('sync')),
  );
}

/**
 * Fetches a campaign anew and keeps what the network says. What it does not say stays as it was known. Throws the
 * network's refusal; the refusal is kept on the campaign too.
 */
export async function syncCampaign(
  ctx: Ctx,
  deps: CampaignDeps & { onHoldKnown: OnHoldKnown },
  input: { id: string },
): Promise<{ id: string }> {
  const row = await ctx.store.prisma.campaign.findUnique({ where: { id: input.id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no campaign with the id ${input.id}.`);
  try {
    const { campaign, raw } = await fetchCampaign(deps, row.accountId, row.networkCampaignId);
    if (campaign.networkCampaignId !== row.networkCampaignId) {
      throw new AppError(
        'CONFLICT',
        `Asked for the campaign ${row.networkCampaignId}, the network answered with ${campaign.networkCampaignId}. Nothing was changed here; ask the network's support.`,
      );
    }
    const told = toldColumns(campaignColumns(campaign, raw, nowOf(ctx)));
    await ctx.store.transaction(async (tx) => {
      await tx.prisma.campaign.update({
        where: { id: row.id },
        data: {
          ...told,
          ...(campaign.landingUrl && !row.landingUrl ? { landingUrl: campaign.landingUrl } : {}),
        },
      });
      if (campaign.holdingPeriodDays !== null) {
        await deps.onHoldKnown(tx, {
          accountId: row.accountId,
          networkCampaignId: row.networkCampaignId,
          holdingPeriodDays: campaign.holdingPeriodDays,
        });
      }
    });
  } catch (error) {
    const now = nowOf(ctx);
    const refused = error instanceof AppError && error.code !== 'UNAVAILABLE';
    const again = refused ? null : new Date(now.getTime() + 60_000);
    const words =
      error instanceof AppError
        ? messageOf(error)
        : 'It could not be kept: see the log. It is tried again in a minute.';
    await ctx.store.prisma.campaign.update({
      where: { id: row.id },
      data: { syncError: words, syncDueAt: again, updatedAt: now },
    });
    throw error;
  } finally {
    ctx.live.publish('campaigns');
  }
  return { id: row.id };
}

/** Fetches campaigns that were only seen in an answer so far, or whose last fetch failed for now. Answers how many. */
export async function syncDueCampaigns(
  ctx: Ctx,
  deps: CampaignDeps & { onHoldKnown: OnHoldKnown },
): Promise<number> {
  const due = await ctx.store.prisma.campaign.findMany({
    where: { syncDueAt: { lte: nowOf(ctx) } },
    select: { id: true },
    take: 20,
  });
  for (const { id } of due) {
    await syncCampaign(ctx, deps, { id }).catch((error) => {
      // the store's own trouble stops the round; one campaign's does not keep the others from being fetched
      if (isStoreFault(error)) throw error;
      ctx.log.warn({ campaign: id, error: messageOf(error) }, 'a campaign could not be fetched');
    });
  }
  return due.length;
}
