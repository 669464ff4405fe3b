import { z } from 'zod';

/** Body of POST /api/v1/campaigns and of the wizard's first step. Client-safe. */
export const importCampaignSchema = z.object({
  networkCampaignId: z
    .string()
    .min(1, 'Paste the campaign id or the link of its page')
    .max(500, 'At most 500 characters'),
  network: z.string().min(1).max(64).default('regatta'),
});
export type ImportCampaign = z.infer<typeof importCampaignSchema>;

/** A new account, as Settings sends it. */
export const accountSchema = z.object({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,63}$/,
      'Lower-case letters, digits and dashes, at most 64, starting with a letter: callers name it as "network"',
    ),
  connector: z.string().min(1).max(64),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'An http(s) address, e.g. https://regatta.network/api/v1' })
    .max(500),
  credentials: z.record(z.string(), z.string().max(500)),
  retryScheduleSeconds: z
    .string()
    .regex(/^\d{1,6}(,\d{1,6}){0,4}$/, 'One to five whole seconds separated by commas, e.g. 1,5,30,300,3600')
    .nullable(),
});
export type AccountInput = z.infer<typeof accountSchema>;

const text = z.string().nullable();
const minor = z.int().nullable();

/** A campaign as the API tells it. Null is "the network did not say", never zero; money in minor units. */
export const campaignSchema = z.object({
  id: z.string(),
  networkCampaignId: z.string(),
  network: z.string().describe('Name of the account'),
  name: text,
  status: text,
  compensationModel: text,
  payoutPerUnitCents: minor,
  payoutPercentage: z.number().nullable().describe('Percent of sale, e.g. 20'),
  currency: text,
  holdingPeriodDays: minor,
  budgetCents: minor,
  spentCents: minor,
  testTrackingCode: text,
  trackingConfirmedAt: text,
  confirmedBy: text.describe(
    'shop: a conversion of the site; console: fired from here, which proves less; null: not seen here',
  ),
  landingUrl: text,
  activatedAt: text,
  syncedAt: text,
  syncError: text.describe("The network's refusal of the last fetch, in its own words"),
  onboardingStartedAt: text,
  createdAt: z.string(),
});
