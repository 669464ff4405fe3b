import { z } from 'zod';

/** An ISO time that Date.parse understands, with its zone. */
const isoTime = z.iso.datetime({ offset: true });
const cents = z.int().nonnegative();
const name = z.string().min(1).max(200);
const id = z.string().min(1).max(100);
/** 8 characters of base58 when drawn; given by hand any string up to 64, as the guide's own samples are. */
const trackingCode = z.string().min(1).max(64);

export const AdvertiserInput = z.strictObject({
  id: id.optional(),
  name: name.default('Practice advertiser'),
  kind: z.enum(['ADVERTISER', 'AFFILIATE']).default('ADVERTISER'),
  agentStatus: z.enum(['ACTIVE', 'SUSPENDED', 'DELETED']).default('ACTIVE'),
  emailVerified: z.boolean().default(true),
  availableCents: cents.default(0),
});

export const KeyInput = z.strictObject({
  advertiserId: id.optional(),
  key: z
    .string()
    .regex(/^rgt_live_[A-Za-z0-9]{8,}$/, 'must be rgt_live_ and at least 8 letters or digits')
    .optional(),
  state: z.enum(['active', 'revoked']).default('active'),
});
export const KeyPatch = z.strictObject({ state: z.enum(['active', 'revoked']) });

export const CampaignPatch = z.strictObject({
  name: name.optional(),
  status: z.enum(['DRAFT', 'ACTIVE', 'PAUSED']).optional(),
  compensationModel: z.enum(['CPL', 'CPA', 'CPC', 'REV_SHARE']).optional(),
  payoutPerUnitCents: cents.nullable().optional(),
  payoutPercentage: z.number().min(0).max(100).nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters')
    .optional(),
  holdingPeriodDays: z.int().min(0).max(3650).optional(),
  budgetCents: cents.optional(),
  spentCents: cents.optional(),
  trackingConfirmedAt: isoTime.nullable().optional(),
  landingUrl: z.url().optional(),
  hasEscrowAccount: z.boolean().optional(),
});
export const CampaignInput = CampaignPatch.extend({
  id: id.optional(),
  advertiserId: id.optional(),
  testTrackingCode: trackingCode.optional(),
});

export const EnrollmentInput = z.strictObject({
  campaignId: id,
  trackingCode: trackingCode.optional(),
  affiliateId: id.optional(),
  affiliateName: name.default('Practice affiliate'),
});

export const WalletPatch = z
  .strictObject({
    advertiserId: id.optional(),
    availableCents: cents.optional(),
    addCents: z.int().optional(),
  })
  .refine((patch) => (patch.availableCents === undefined) !== (patch.addCents === undefined), {
    message: 'give either availableCents (the new balance) or addCents (a change)',
  });

export const AgentPatch = z.strictObject({
  advertiserId: id.optional(),
  kind: z.enum(['ADVERTISER', 'AFFILIATE']).optional(),
  agentStatus: z.enum(['ACTIVE', 'SUSPENDED', 'DELETED']).optional(),
  emailVerified: z.boolean().optional(),
});

export const ClockInput = z.strictObject({
  freeze: z.boolean().optional(),
  setTo: isoTime.optional(),
  offsetMs: z.int().optional(),
  advanceMs: z.int().optional(),
});

export const BackdateInput = z.strictObject({ leadId: id, acceptedAt: isoTime });

export const LeadFilter = z.strictObject({
  campaignId: id.optional(),
  externalId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100_000).default(1000),
});
export const LedgerFilter = z.strictObject({
  externalId: z.string().optional(),
  limit: z.coerce.number().int().min(0).max(100_000).default(200),
});
