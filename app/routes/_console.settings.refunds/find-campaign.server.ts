import type { AppLoadContext } from '@remix-run/node';
import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';

/** A campaign of an account by the network's id. Throws 404. */
export async function findCampaign(
  { ctx, wiring }: AppLoadContext,
  account: { id: string; name: string },
  networkCampaignId: string | undefined,
): Promise<CampaignView> {
  const page = await listCampaigns(ctx, wiring.campaigns, {
    network: account.name,
    q: networkCampaignId ?? '',
    limit: 200,
  });
  // the search finds parts of ids and names, too
  const found = page.items.find((campaign) => campaign.networkCampaignId === networkCampaignId);
  if (!found) throw new Response(null, { status: 404 });
  return found;
}
