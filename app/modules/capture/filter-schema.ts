import { z } from 'zod';

const CAPTURE_OUTCOMES = ['kept', 'overwrite_blocked'] as const;
const CAPTURE_SOURCES = ['api', 'browser'] as const;

/** An instant in a URL: an ISO time with its zone. */
const instant = (name: string) =>
  z.iso.datetime({ offset: true, error: `${name} must be an ISO time with its zone` });

/** Query of GET /api/v1/captures and of the page /refs. Client-safe. */
export const captureQuery = z.object({
  /** A whole tracking code, byte for byte (RG-06). */
  ref: z
    .string()
    .min(1, 'ref is empty')
    .max(64, 'ref is longer than 64 characters')
    .optional()
    .describe('A whole tracking code, byte for byte'),
  prefix: z
    .string()
    .min(1, 'prefix is empty')
    .max(64, 'prefix is longer than 64 characters')
    .optional()
    .describe('How tracking codes begin; case counts'),
  outcome: z
    .enum(CAPTURE_OUTCOMES, { error: `outcome must be one of ${CAPTURE_OUTCOMES.join(', ')}` })
    .optional(),
  source: z
    .enum(CAPTURE_SOURCES, { error: `source must be one of ${CAPTURE_SOURCES.join(', ')}` })
    .optional(),
  promo: z
    .string()
    .min(1, 'promo is empty')
    .max(255, 'promo is longer than 255 characters')
    .optional()
    .describe('A whole promo code, byte for byte'),
  promoPrefix: z
    .string()
    .min(1, 'promoPrefix is empty')
    .max(255, 'promoPrefix is longer than 255 characters')
    .optional()
    .describe('How promo codes begin; case counts'),
  visitor: z
    .string()
    .min(1, 'visitor is empty')
    .max(255, 'visitor is longer than 255 characters')
    .optional()
    .describe("A visitor's id, whole, as the site told it"),
  network: z.string().min(1).max(64).optional().describe('Name of an account'),
  from: instant('from').optional(),
  to: instant('to').optional(),
});
export type CaptureFilter = z.output<typeof captureQuery>;

const text = z.string().nullable();

/** A capture as the API tells it. Times in UTC ISO; codes byte for byte. */
export const captureSchemaOut = z.object({
  id: z.string(),
  network: z.string().describe('Name of the account'),
  ref: z.string(),
  promo: text,
  url: text,
  visitorId: text,
  cookieValue: text.describe("What the visitor's cookie held when the code arrived, where the site told"),
  source: z.string().describe('api or browser'),
  outcome: z.string().describe('kept or overwrite_blocked'),
  keptRef: text.describe('The code that stayed when this one was turned away'),
  capturedAt: z.string(),
  createdAt: z.string(),
});
