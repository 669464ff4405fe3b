export { type CampaignActivity, campaignActivity } from './campaign-activity.server.ts';
export { fireTestPostback } from './fire-test.server.ts';
export { wizardEvidence } from './wizard-evidence.server.ts';
