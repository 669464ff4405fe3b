import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { AppError } from '#app/platform/errors.ts';
import type { OpenAccount } from './accounts.server.ts';
import type { CampaignDeps } from './call-network.server.ts';
import type { CampaignView } from './campaign-schema.ts';

type CampaignModel = NonNullable<Awaited<ReturnType<Ctx['store']['prisma']['campaign']['findUnique']>>>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The row as shown; `raw`, the network's last answer, stays behind. */
export function viewOf(
  row: Omit<CampaignModel, 'raw' | 'syncDueAt' | 'updatedAt'>,
  account: OpenAccount,
  label: string,
): CampaignView {
  return {
    id: row.id,
    networkCampaignId: row.networkCampaignId,
    accountId: row.accountId,
    network: account.name,
    networkLabel: label,
    name: row.name,
    status: row.status,
    compensationModel: row.compensationModel,
    payoutPerUnitCents: numberOrNull(row.payoutPerUnitCents),
    payoutPercentage: row.payoutPercentage,
    currency: row.currency,
    holdingPeriodDays: row.holdingPeriodDays,
    budgetCents: numberOrNull(row.budgetCents),
    spentCents: numberOrNull(row.spentCents),
    testTrackingCode: row.testTrackingCode,
    trackingConfirmedAt: iso(row.trackingConfirmedAt),
    confirmedBy: row.confirmedBy,
    landingUrl: row.landingUrl,
    activatedAt: iso(row.activatedAt),
    syncedAt: iso(row.syncedAt),
    syncError: row.syncError,
    onboardingStartedAt: iso(row.onboardingStartedAt),
    createdAt: row.createdAt.toISOString(),
  };
}

/** One campaign by our id, or by the network's own id of it. Throws NOT_FOUND. */
export async function getCampaign(
  ctx: Pick<Ctx, 'store'>,
  deps: Pick<CampaignDeps, 'accounts' | 'connectorOf'>,
  id: string,
): Promise<CampaignView> {
  const { campaign } = ctx.store.prisma;
  const row =
    (await campaign.findUnique({ where: { id } })) ??
    (await campaign.findFirst({ where: { networkCampaignId: id }, orderBy: { id: 'asc' } }));
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      `There is no campaign with the id ${id}. Import it first, by its id at the network.`,
    );
  const account = await deps.accounts.byId(row.accountId);
  return viewOf(row, account, deps.connectorOf(account).label);
}
