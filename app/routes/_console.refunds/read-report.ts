import { readRefundForm, refundSchema } from '#app/modules/disputes/refund-schema.ts';

/**
 * Reads the form that reports a refund by hand. An amount carries its currency, so that one that is not the order's
 * asks a person; without an amount nobody was told a currency, and none is passed on.
 */
export function readReport(form: URLSearchParams): ReturnType<typeof readRefundForm> {
  const currency = (form.get('currency') ?? '').trim().toUpperCase();
  const fields = new URLSearchParams(form);
  fields.set('currency', currency);
  // pasted ids bring blanks along, which would be another id than the provider's
  for (const name of ['refundId', 'order']) fields.set(name, (form.get(name) ?? '').trim());
  const read = readRefundForm(fields);
  if (!read.success || read.data.amountCents === undefined) return read;
  const told = refundSchema.safeParse({ ...read.data, currency });
  if (told.success) return told;
  return {
    success: false,
    error: { issues: [{ path: ['currency'], message: 'Write three letters, e.g. USD' }] },
  };
}
