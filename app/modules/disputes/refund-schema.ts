import { z } from 'zod';
import { REFUND_KINDS } from './schema.ts';

const id = (name: string) =>
  z
    .string({ error: `${name} must be a string` })
    .min(1, `${name} is empty`)
    .max(255, `${name} is longer than 255 characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), `${name} contains a character that cannot be kept (NUL or half a surrogate pair)`);

/** Body of POST /api/v1/refunds. Client-safe. Amounts are integer minor units. */
export const refundSchema = z
  .strictObject({
    refundId: id('refundId'),
    externalId: id('externalId').optional(),
    paymentId: id('paymentId').optional(),
    kind: z.enum(REFUND_KINDS, { error: 'kind must be refund, chargeback or fraud' }),
    amountCents: z.int('amountCents must be a whole number of minor units, e.g. 4900').nonnegative('amountCents cannot be negative').optional(),
    full: z.boolean('full must be true or false').optional(),
    occurredAt: z.iso.datetime({ offset: true, error: 'occurredAt must be an ISO time with its zone, e.g. 2026-05-12T14:22:09Z' }).optional(),
    note: z
      .string()
      .max(1000, 'note is longer than 1000 characters')
      .refine((text) => text.isWellFormed() && !text.includes('\0'), 'note contains a character that cannot be kept')
      .optional(),
  })
  .refine((body) => body.externalId !== undefined || body.paymentId !== undefined, {
    error: 'Give externalId or paymentId: without one the order cannot be found',
    path: ['externalId'],
  });
export type RefundInput = z.infer<typeof refundSchema>;
