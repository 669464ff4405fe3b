import type { AppLoadContext } from '@remix-run/node';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import type { Choices } from './report-filters.tsx';

const CAMPAIGNS_MAX = 200;

/** Networks and campaigns that a report can be narrowed to; of very many campaigns the first 200. */
export async function readChoices({ ctx, accounts, wiring }: AppLoadContext): Promise<Choices> {
  const campaigns = await listCampaigns(ctx, wiring.campaigns, { limit: CAMPAIGNS_MAX });
  return {
    networks: (await accounts.all()).map(({ name }) => ({ value: name, label: name })),
    campaigns: [
      ...new Map(
        campaigns.items.map(({ networkCampaignId, name }) => [networkCampaignId, name ?? networkCampaignId]),
      ),
    ].map(([value, label]) => ({ value, label })),
  };
}
