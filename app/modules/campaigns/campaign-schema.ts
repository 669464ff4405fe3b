import type { z } from 'zod';
import type { campaignSchema } from './schema.ts';

/** A campaign as pages show it: plain JSON, times in UTC ISO. */
export interface CampaignView extends z.output<typeof campaignSchema> {
  accountId: string;
  /** What its network is called. */
  networkLabel: string;
}

/** What people call it: its name, or its id where the network gave none. */
export const campaignName = (campaign: Pick<CampaignView, 'name' | 'networkCampaignId'>): string =>
  campaign.name ?? campaign.networkCampaignId;

/** Whether the network counts it as running. Unknown statuses are not guessed at. */
export const isActive = (campaign: Pick<CampaignView, 'status'>): boolean =>
  campaign.status?.toUpperCase() === 'ACTIVE';
