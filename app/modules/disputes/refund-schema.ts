import { z } from 'zod';
import { decimalToMinor } from '#app/platform/money.ts';
import { isoTime } from '#app/platform/text-rules.ts';
import { REFUND_KINDS } from './schema.ts';

const id = (name: string) =>
  z
    .string({ error: `${name} must be a string` })
    .min(1, `${name} is empty`)
    .max(255, `${name} is longer than 255 characters`)
    .refine(
      (text) => text.isWellFormed() && !text.includes('\0'),
      `${name} contains a character that cannot be kept (NUL or half a surrogate pair)`,
    );

/** Body of POST /api/v1/refunds. Client-safe. Amounts are integer minor units. */
export const refundSchema = z
  .strictObject({
    refundId: id('refundId'),
    externalId: id('externalId').optional(),
    paymentId: id('paymentId').optional(),
    kind: z.enum(REFUND_KINDS, { error: 'kind must be refund, chargeback or fraud' }),
    amountCents: z
      .int('amountCents must be a whole number of minor units, e.g. 4900')
      .nonnegative('amountCents cannot be negative')
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'currency must be three capital letters, e.g. USD')
      .optional(),
    full: z.boolean('full must be true or false').optional(),
    occurredAt: isoTime('occurredAt').optional(),
    note: z
      .string()
      .max(1000, 'note is longer than 1000 characters')
      .refine(
        (text) => text.isWellFormed() && !text.includes('\0'),
        'note contains a character that cannot be kept',
      )
      .optional(),
  })
  .refine((body) => body.externalId !== undefined || body.paymentId !== undefined, {
    error: 'Give externalId or paymentId: without one the order cannot be found',
    path: ['externalId'],
  });
export type RefundInput = z.infer<typeof refundSchema>;

/** The fields of the form that reports a refund by hand, as text. */
export const REFUND_FORM_FIELDS = [
  'refundId',
  'order',
  'kind',
  'scope',
  'amount',
  'currency',
  'occurredAt',
  'note',
] as const;

/**
 * Reads that form: `order` is the order's id or a payment's, `scope` full or part, `amount` in major units of
 * `currency`. Issues carry the name of the form's field.
 */
export function readRefundForm(form: URLSearchParams) {
  const given = (name: (typeof REFUND_FORM_FIELDS)[number]): string | undefined =>
    form.get(name) || undefined;
  const amount = given('amount');
  const minor =
    amount === undefined ? undefined : decimalToMinor(amount.trim(), form.get('currency') || 'USD');
  const order = given('order');
  const body = {
    refundId: given('refundId') ?? '',
    // one field for both: the order is looked up by either
    ...(order === undefined ? {} : { externalId: order, paymentId: order }),
    kind: given('kind'),
    ...(form.get('kind') === 'refund' ? { full: form.get('scope') !== 'part' } : {}),
    // nothing given back is no refund
    ...(minor === undefined ? {} : { amountCents: minor || Number.NaN }),
    ...(given('occurredAt') === undefined ? {} : { occurredAt: given('occurredAt') }),
    ...(given('note') === undefined ? {} : { note: given('note') }),
  };
  const named: Record<string, string> = {
    externalId: 'order',
    paymentId: 'order',
    amountCents: 'amount',
    full: 'scope',
  };
  const words: Record<string, string> = {
    amount: 'Write the amount as a number above 0, e.g. 49.00',
    order: 'Give the id of the order or of its payment',
    refundId: 'Give the id of the refund or case, at most 255 characters',
  };
  const parsed = refundSchema.safeParse(body);
  if (parsed.success) return parsed;
  const issues = parsed.error.issues.map((issue) => {
    const field = named[String(issue.path[0])] ?? String(issue.path[0] ?? '');
    return { path: [field], message: words[field] ?? issue.message };
  });
  return { success: false as const, error: { issues } };
}
