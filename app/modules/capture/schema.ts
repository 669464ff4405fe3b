import { z } from 'zod';
import { exactText, isoTime } from '#app/platform/text-rules.ts';

/** Tracking codes: 1–64 characters, opaque (RG-01, RG-06). */
export const refText = exactText('ref', 64);
/** Promo codes are kept raw (RG-07). */
export const promoText = exactText('promo', 255);
export const networkName = z
  .string('network must be the name of an account')
  .min(1)
  .max(64)
  .default('regatta');

/** Body of POST /api/v1/captures. Client-safe. */
export const captureSchema = z.strictObject({
  ref: refText,
  network: networkName,
  promo: promoText.optional(),
  url: exactText('url', 4096).optional(),
  visitorId: exactText('visitorId', 255).optional(),
  capturedAt: isoTime('capturedAt').optional(),
  /** What the visitor's cookie held when the code arrived, if it held anything. */
  cookieValue: exactText('cookieValue', 255).optional(),
});
export type CaptureInput = z.output<typeof captureSchema>;

/** Body of the browser route POST /api/capture-ref (RG-05). */
export const browserCaptureSchema = z.strictObject({
  rgta_ref: exactText('rgta_ref', 64),
  promo: promoText.optional(),
  url: exactText('url', 4096).optional(),
});

export const RECORD_TYPES = [
  'user',
  'order',
  'lead',
  'checkout_session',
  'customer',
  'subscription',
] as const;
export const recordType = z.enum(RECORD_TYPES, { error: `type must be one of ${RECORD_TYPES.join(', ')}` });

/** Body of POST /api/v1/records (RG-04). */
export const recordSchema = z.strictObject({
  type: recordType,
  id: exactText('id', 255),
  ref: refText,
  network: networkName,
  promo: promoText.optional(),
  visitorId: exactText('visitorId', 255).optional(),
});
export type RecordInput = z.output<typeof recordSchema>;
