import { z } from 'zod';
import { SOURCES } from './types.ts';

const text = z.string().min(1).max(255);
const cents = z.int().positive();

export const PayInput = z.strictObject({
  source: z.enum(SOURCES),
  orderId: text,
  amountCents: z.int().nonnegative(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters')
    .default('USD'),
  ref: z.string().max(255).nullable().optional(),
  promo: z.string().max(255).nullable().optional(),
  email: z.string().max(254).default('buyer@example.com'),
  metadata: z.record(z.string(), z.string()).default({}),
  subscription: z.boolean().default(false),
  /** Completed but not paid yet: a bank debit. */
  unpaid: z.boolean().default(false),
  livemode: z.boolean().default(true),
  /** Ids that are given instead of drawn. */
  ids: z.record(z.string(), text).default({}),
  /** false: written down without an event, where the backend itself tells of the order. */
  tell: z.boolean().default(true),
});
export type PayInput = z.output<typeof PayInput>;

export const SettleInput = z.strictObject({ key: text, status: z.enum(['paid', 'failed']) });
export const RenewInput = z.strictObject({ key: text, amountCents: cents.optional() });

export const RefundInput = z.strictObject({
  /** Order number, or any id of the payment. */
  key: text,
  id: text.optional(),
  /** All that is left where it is not given. */
  amountCents: cents.optional(),
  status: z.enum(['pending', 'succeeded']).default('succeeded'),
  reason: z
    .enum(['duplicate', 'fraudulent', 'requested_by_customer'])
    .nullable()
    .default('requested_by_customer'),
});
export const SettleRefundInput = z.strictObject({
  id: text,
  status: z.enum(['succeeded', 'failed', 'canceled']),
});

export const DisputeInput = z.strictObject({
  key: text,
  id: text.optional(),
  amountCents: cents.optional(),
  reason: text.default('fraudulent'),
  /** The bank only asks; no money moved. */
  inquiry: z.boolean().default(false),
});
export const CloseDisputeInput = z.strictObject({
  id: text,
  outcome: z.enum(['won', 'lost', 'warning_closed']),
});

/** An event of any type with any object: what a provider sends that Leadline does not know. */
export const OtherInput = z.strictObject({
  source: z.enum(SOURCES),
  type: text,
  object: z.record(z.string(), z.unknown()).default({}),
});

export const EndpointInput = z.strictObject({
  source: z.enum(SOURCES),
  url: z.url(),
  secret: z.string().min(1).max(255),
});

const scope = {
  source: z.enum(SOURCES).optional(),
  type: z.string().optional(),
  /** How many events still break; without it, all do. */
  remaining: z.int().positive().optional(),
};

/** One way to send an event wrongly, and which events. */
export const BillingFault = z.discriminatedUnion('kind', [
  /** Sent `times` more, each newly signed. */
  z.strictObject({ kind: z.literal('repeat'), times: z.int().min(1).max(100).default(1), ...scope }),
  /** Sent only after the event that follows it. */
  z.strictObject({ kind: z.literal('out_of_order'), ...scope }),
  /** Kept until POST /release. */
  z.strictObject({ kind: z.literal('late'), ...scope }),
  z.strictObject({ kind: z.literal('wrong_secret'), ...scope }),
  z.strictObject({ kind: z.literal('no_signature'), ...scope }),
  /** Signed so long ago; negative is in the future. Shopify signs no time: nothing changes there. */
  z.strictObject({
    kind: z.literal('old_timestamp'),
    ageSeconds: z.int().min(-86_400).max(86_400).default(600),
    ...scope,
  }),
  /** One byte put in after signing; still the same JSON. */
  z.strictObject({ kind: z.literal('tampered'), ...scope }),
]);
export type BillingFault = z.output<typeof BillingFault>;
export const BillingFaults = z.array(BillingFault);

export const DeliveryFilter = z.strictObject({
  source: z.enum(SOURCES).optional(),
  type: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(200),
});
