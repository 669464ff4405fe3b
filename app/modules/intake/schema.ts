import { z } from 'zod';
import { networkName, promoText, recordType, refText } from '#app/modules/capture/schema.ts';
import { exactText, isoTime, minorUnits } from '#app/platform/text-rules.ts';

export const EVENT_TYPES = ['PURCHASE', 'SIGNUP', 'INSTALL', 'SUBSCRIPTION', 'CUSTOM'] as const;

/** Bytes of JSON that metadata may have. Networks ask for less (RG-12): past 10 KB the postback carries a warning. */
const METADATA_BYTES = 64 * 1024;

const metadata = z
  .record(z.string(), z.unknown(), { error: 'metadata must be an object' })
  .superRefine((value, check) => {
    const fault = metadataFault(value);
    if (fault) check.addIssue({ code: 'custom', message: fault });
  });

function metadataFault(value: Record<string, unknown>): string | null {
  try {
    return Buffer.byteLength(JSON.stringify(value)) <= METADATA_BYTES
      ? null
      : `metadata is larger than ${METADATA_BYTES / 1024} KB of JSON`;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // what was nested deep enough to parse may be too deep to write
    return 'metadata is nested too deeply';
  }
}

const customer = z.strictObject({
  email: exactText('customer.email', 320).optional(),
  emailHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'customer.emailHash must be the SHA-256 of the email in lower-case hex')
    .optional(),
  id: exactText('customer.id', 255).optional(),
  ip: z.union([z.ipv4(), z.ipv6()], 'customer.ip must be an IP address').optional(),
  userAgent: exactText('customer.userAgent', 1024).optional(),
});

/** Body of POST /api/v1/conversions. Money is integer minor units. */
export const conversionSchema = z.strictObject({
  externalId: exactText('externalId', 255),
  eventType: z.enum(EVENT_TYPES, { error: `eventType must be one of ${EVENT_TYPES.join(', ')}` }),
  revenueCents: minorUnits('revenueCents').optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'currency must be three capital letters, e.g. USD')
    .optional(),
  ref: refText.optional(),
  record: z.strictObject({ type: recordType, id: exactText('record.id', 255) }).optional(),
  network: networkName,
  campaignId: exactText('campaignId', 255).optional(),
  metadata: metadata.optional(),
  occurredAt: isoTime('occurredAt').optional(),
  customer: customer.optional(),
  coupon: promoText.optional(),
  paymentIds: z.array(exactText('paymentIds', 255)).max(20, 'at most 20 paymentIds').optional(),
});
export type ConversionInput = z.output<typeof conversionSchema>;

export const BATCH_MAX = 500;
/** Body of POST /api/v1/conversions/batch. Each conversion is checked by itself, so one that is wrong names its place. */
export const conversionBatchSchema = z.strictObject({
  conversions: z
    .array(z.unknown())
    .min(1, 'conversions is empty')
    .max(BATCH_MAX, `at most ${BATCH_MAX} conversions in one batch`),
});
