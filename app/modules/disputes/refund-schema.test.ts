import { expect, test } from 'vitest';
import { readRefundForm } from './refund-schema.ts';

const form = (fields: Record<string, string>) =>
  readRefundForm(
    new URLSearchParams({
      refundId: 'fr_1',
      order: 'order_1',
      kind: 'refund',
      scope: 'full',
      amount: '',
      currency: 'USD',
      note: '',
      ...fields,
    }),
  );

test('RG-43 a form becomes a refund: whole or part, minor units of its currency', () => {
  expect(form({})).toMatchObject({
    success: true,
    data: { refundId: 'fr_1', externalId: 'order_1', paymentId: 'order_1', kind: 'refund', full: true },
  });
  expect(form({ scope: 'part', amount: '10.5' })).toMatchObject({ data: { full: false, amountCents: 1050 } });
  expect(form({ scope: 'part', amount: '1200', currency: 'JPY' })).toMatchObject({
    data: { amountCents: 1200 },
  });
  const fraud = form({ kind: 'fraud' });
  expect(fraud.success && fraud.data.full).toBeUndefined();
});

test('what is wrong names the field of the form', () => {
  const paths = (fields: Record<string, string>) => {
    const parsed = form(fields);
    return parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]));
  };
  expect(paths({ refundId: '' })).toEqual(['refundId']);
  expect(paths({ order: '' })).toEqual(['order']);
  expect(paths({ amount: 'ten' })).toEqual(['amount']);
  expect(paths({ amount: '0.00' })).toEqual(['amount']);
  expect(paths({ amount: '0.5', currency: 'JPY' })).toEqual(['amount']);
  expect(paths({ kind: 'gift' })).toContain('kind');
});
