import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type CampaignDeps, getCampaign } from '#app/modules/campaigns/index.server.ts';
import type { Intake } from '#app/modules/intake/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** What a test purchase is said to be worth where the model pays by revenue (RG-46): $49.00 or the like. */
const TEST_REVENUE = 4900;

/**
 * Fires a test postback from here, through the same intake, outbox and delivery as every real one. It proves the key
 * and the code, not the site's checkout (RG-45). Throws NOT_FOUND, or CONFLICT while the test code is not known.
 */
export async function fireTestPostback(
  ctx: Ctx,
  deps: Pick<CampaignDeps, 'accounts' | 'connectorOf'> & { intake: Pick<Intake, 'reportConversions'> },
  input: { campaignId: string; actor: Actor },
): Promise<{ conversionId: string; postbackId: string | null; externalId: string }> {
  const campaign = await getCampaign(ctx, deps, input.campaignId);
  if (campaign.testTrackingCode === null) {
    throw new AppError(
      'CONFLICT',
      `${campaign.networkLabel} has not told the test code of this campaign. Sync the campaign, then fire again.`,
    );
  }
  const externalId = `integration-test-${ctx.newId('t').slice(2)}`;
  const withRevenue = campaign.compensationModel === 'REV_SHARE';
  const [stored] = await deps.intake.reportConversions([
    {
      accountId: campaign.accountId,
      origin: 'wizard',
      input: {
        externalId,
        eventType: 'PURCHASE',
        ref: campaign.testTrackingCode,
        network: campaign.network,
        campaignId: campaign.networkCampaignId,
        ...(withRevenue ? { revenueCents: TEST_REVENUE, currency: campaign.currency ?? 'USD' } : {}),
      },
    },
  ]);
  if (stored?.kind !== 'created')
    throw new AppError('INTERNAL_ERROR', 'The test conversion was not stored. Fire again.');
  await recordAudit(ctx.store, ctx, {
    actor: input.actor,
    action: 'test_postback_fired',
    subjectType: 'campaign',
    subjectId: campaign.id,
    detail: { externalId, postbackId: stored.postbackId },
  });
  return { conversionId: stored.id, postbackId: stored.postbackId, externalId };
}
