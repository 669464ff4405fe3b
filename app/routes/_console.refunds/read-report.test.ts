import { expect, test } from 'vitest';
import { readReport } from './read-report.ts';

const read = (more: Record<string, string>) =>
  readReport(
    new URLSearchParams({ refundId: 're_1', order: 'order_1', kind: 'refund', scope: 'part', ...more }),
  );

test('RG-43 an amount reported by hand carries its currency, in minor units of it', () => {
  expect(read({ amount: '20.00', currency: 'eur' })).toMatchObject({
    success: true,
    data: { amountCents: 2000, currency: 'EUR' },
  });
  expect(read({ amount: '900', currency: 'JPY' })).toMatchObject({
    success: true,
    data: { amountCents: 900, currency: 'JPY' },
  });
});

test('RG-43 blanks that a paste brings along are no part of an id', () => {
  expect(read({ refundId: ' re_1\t', order: '\norder_1 ' })).toMatchObject({
    success: true,
    data: { refundId: 're_1', externalId: 'order_1', paymentId: 'order_1' },
  });
  expect(read({ refundId: '  ' })).toMatchObject({ error: { issues: [{ path: ['refundId'] }] } });
});

test('RG-43 without an amount no currency is claimed', () => {
  const { success, data } = { data: undefined, ...read({ currency: 'USD' }) };
  expect(success).toBe(true);
  expect(data).not.toHaveProperty('currency');
});

test('RG-43 a currency that is none is said at its field', () => {
  expect(read({ amount: '20.00', currency: 'U' })).toMatchObject({
    success: false,
    error: { issues: [{ path: ['currency'] }] },
  });
  expect(read({ amount: 'x', currency: 'USD' })).toMatchObject({
    success: false,
    error: { issues: [{ path: ['amount'] }] },
  });
});
