import type { Ctx } from '#app/platform/context.server.ts';
import { type RefundRules, refundRulesSchema } from './refund-policy-schema.ts';

/** A campaign that does not follow its account's rules. */
export interface CampaignPolicy {
  networkCampaignId: string;
  /** Null where the network gave none, or the campaign is not known here any more. */
  campaignName: string | null;
  rules: RefundRules;
  updatedAt: string;
  updatedBy: string | null;
}

/** Campaigns of an account with rules of their own, the latest change first; at most `limit`, and whether there are more. */
export async function listPolicies(
  ctx: Pick<Ctx, 'store'>,
  { accountId, limit = 200 }: { accountId: string; limit?: number },
): Promise<{ items: CampaignPolicy[]; more: boolean }> {
  const { prisma } = ctx.store;
  const rows = await prisma.refundPolicy.findMany({
    where: { accountId, NOT: { networkCampaignId: '' } },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const campaigns = await prisma.campaign.findMany({
    where: { accountId, networkCampaignId: { in: page.map((row) => row.networkCampaignId) } },
    select: { networkCampaignId: true, name: true },
  });
  const names = new Map(campaigns.map((row) => [row.networkCampaignId, row.name]));
  return {
    items: page.map((row) => ({
      networkCampaignId: row.networkCampaignId,
      campaignName: names.get(row.networkCampaignId) ?? null,
      rules: refundRulesSchema.parse(JSON.parse(row.rules)),
      updatedAt: row.updatedAt.toISOString(),
      updatedBy: row.updatedBy,
    })),
    more: rows.length > limit,
  };
}
