import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type CampaignDeps, campaignCalls, fetchCampaign } from './call-network.server.ts';
import type { ImportCampaign } from './schema.ts';
import { campaignColumns, type OnHoldKnown, toldColumns } from './sync-campaign.server.ts';

/**
 * Fetches a campaign by its id, or by a link to the network's page of it, and keeps it (RG-44). Importing one that
 * is known refreshes it. Throws VALIDATION_ERROR when no id can be found in the text, or the network's refusal.
 */
export async function importCampaign(
  ctx: Ctx,
  deps: CampaignDeps & { onHoldKnown: OnHoldKnown },
  input: ImportCampaign & { actor: Actor },
): Promise<{ id: string; created: boolean }> {
  const accountId = await deps.accounts.idByName(input.network);
  const { connector, calls } = await campaignCalls(deps, accountId);
  const networkCampaignId = calls.parseLocator(input.networkCampaignId);
  if (!networkCampaignId) {
    const message = `No campaign id was found in "${input.networkCampaignId}". Paste the id itself or the link of its page at ${connector.label}.`;
    throw new AppError('VALIDATION_ERROR', message, { details: [{ path: 'networkCampaignId', message }] });
  }
  const { campaign, raw } = await fetchCampaign(deps, accountId, networkCampaignId);
  const now = nowOf(ctx);
  const columns = campaignColumns(campaign, raw, now);
  const result = await ctx.store.transaction(async (tx) => {
    const where = {
      accountId_networkCampaignId: { accountId, networkCampaignId: campaign.networkCampaignId },
    };
    const before = await tx.prisma.campaign.findUnique({
      where,
      select: { id: true, landingUrl: true, onboardingStartedAt: true },
    });
    const id = before?.id ?? ctx.newId('cmp');
    await tx.prisma.campaign.upsert({
      where,
      create: {
        ...columns,
        id,
        accountId,
        networkCampaignId: campaign.networkCampaignId,
        landingUrl: campaign.landingUrl,
        onboardingStartedAt: now,
        createdAt: now,
      },
      // a typed-in address and what an earlier answer told stay; a campaign only seen in an answer starts onboarding
      update: {
        ...toldColumns(columns),
        landingUrl: before?.landingUrl ?? campaign.landingUrl,
        onboardingStartedAt: before?.onboardingStartedAt ?? now,
      },
    });
    if (campaign.holdingPeriodDays !== null) {
      await deps.onHoldKnown(tx, {
        accountId,
        networkCampaignId: campaign.networkCampaignId,
        holdingPeriodDays: campaign.holdingPeriodDays,
      });
    }
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: before ? 'campaign_refreshed' : 'campaign_imported',
      subjectType: 'campaign',
      subjectId: id,
      detail: { networkCampaignId: campaign.networkCampaignId },
    });
    return { id, created: !before };
  });
  ctx.live.publish('campaigns');
  return result;
}
