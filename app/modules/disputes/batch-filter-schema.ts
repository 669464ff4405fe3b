import { z } from 'zod';
import { leadQuerySchema } from '#app/modules/leads/lead-schema.ts';
import { refundQuerySchema } from './inbox-schema.ts';

/** Filters of the Leads and the Refunds list as a body carries them. Client-safe. */

/** The Leads list's own filter (GET /api/v1/leads), and `refunded`: with a refund that is not settled yet. */
export const leadFilterSchema = leadQuerySchema
  .omit({ limit: true, cursor: true })
  .extend({ refunded: z.boolean('refunded must be true or false').optional() });

/** The Refunds list's own filter (GET /api/v1/refunds). */
export const refundFilterSchema = refundQuerySchema.omit({ limit: true, cursor: true });
