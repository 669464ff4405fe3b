import { z } from 'zod';
import type { SourceId } from './schema.ts';

/**
 * How a provider's event becomes a conversion: which field is the order's id, where the tracking code is, which
 * invoices count. Client-safe. Places are tried in order; the first that holds something wins.
 */
const key = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'is a name of letters, digits, dots, dashes and underscores, at most 64');

/**
 * Payments that follow the beginning of a subscription: `first_paid` reports one only where none was reported of the
 * subscription before (a trial that converts).
 */
const renewals = z.enum(['never', 'first_paid', 'every']);

const RECORDS = ['user', 'order', 'lead', 'checkout_session', 'customer', 'subscription'] as const;

const common = {
  /** The network's campaign id to report to, where one endpoint serves one campaign. */
  campaignId: z.string().min(1).max(255).optional(),
  renewals: renewals.default('first_paid'),
  /** The endpoint belongs to a sandbox or a practice shop: all its events are tests, whatever they say. */
  sandbox: z.boolean().default(false),
  /** Whether events of the provider's test mode are reported too. */
  reportTestMode: z.boolean().default(false),
};

export const stripeMapping = z.strictObject({
  externalId: z
    .union([z.enum(['session', 'payment_intent', 'client_reference_id']), z.strictObject({ metadata: key })])
    .default('session'),
  ref: z
    .array(
      z.union([
        z.strictObject({ metadata: key }),
        z.literal('client_reference_id'),
        /** The id of a record that capture knows: its tracking code is used. */
        z.strictObject({ recordOf: z.literal('client_reference_id'), type: z.enum(RECORDS) }),
      ]),
    )
    .min(1)
    .max(4)
    .default([{ metadata: 'rgta_ref' }, { recordOf: 'client_reference_id', type: 'order' }]),
  /**
   * Subscriptions are bought in a checkout: its session is reported, not the first invoice. Off: the other way round,
   * so that the first payment is reported once either way.
   */
  subscriptionsByCheckout: z.boolean().default(true),
  ...common,
});
export type StripeMapping = z.output<typeof stripeMapping>;

export const shopifyMapping = z.strictObject({
  externalId: z.enum(['id', 'name', 'checkout_token']).default('id'),
  ref: z
    .array(
      z.union([
        z.strictObject({ noteAttribute: key }),
        z.strictObject({ landingParameter: key }),
        z.strictObject({ recordOf: z.enum(['id', 'checkout_token', 'customer']), type: z.enum(RECORDS) }),
      ]),
    )
    .min(1)
    .max(4)
    .default([{ noteAttribute: 'rgta_ref' }, { landingParameter: 'rgta_ref' }]),
  ...common,
});
export type ShopifyMapping = z.output<typeof shopifyMapping>;

export const paddleMapping = z.strictObject({
  externalId: z
    .union([z.enum(['transaction', 'invoice']), z.strictObject({ customData: key })])
    .default('transaction'),
  ref: z
    .array(
      z.union([
        z.strictObject({ customData: key }),
        z.strictObject({
          recordOf: z.enum(['transaction', 'customer', 'subscription']),
          type: z.enum(RECORDS),
        }),
      ]),
    )
    .min(1)
    .max(4)
    .default([{ customData: 'rgta_ref' }]),
  ...common,
});
export type PaddleMapping = z.output<typeof paddleMapping>;

export const MAPPINGS = {
  stripe: stripeMapping,
  shopify: shopifyMapping,
  paddle: paddleMapping,
} as const satisfies Record<SourceId, z.ZodType>;
