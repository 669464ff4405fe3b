export { type AccountBook, createAccountBook, type OpenAccount } from './accounts.server.ts';
export { activateCampaign } from './activate-campaign.server.ts';
export type { CampaignDeps } from './call-network.server.ts';
export { type ConfirmedTest, confirmTracking } from './confirm-tracking.server.ts';
export { importCampaign } from './import-campaign.server.ts';
export { credentialHints, saveAccount } from './save-account.server.ts';
export { type OnHoldKnown, syncCampaign, syncDueCampaigns } from './sync-campaign.server.ts';
