import { expect, test } from 'vitest';
import { statusOf } from './status.tsx';

const NOW = Date.UTC(2026, 4, 12);
const told = (
  status: 'delivered' | 'duplicate',
  reason: string | null,
  kind: 'postback' | 'dispute' = 'postback',
) =>
  statusOf(
    { status, reason, kind, attempts: 1, dueAt: new Date(NOW).toISOString(), cancelReason: null },
    NOW,
  );

test('RG-43 a success without its data needs a person and claims no lead', () => {
  for (const status of ['delivered', 'duplicate'] as const)
    expect(told(status, 'success without its data')).toMatchObject({
      meaning: 'needs',
      consequence: 'success without its data',
    });
  expect(told('delivered', 'success without its data', 'dispute').meaning).toBe('needs');
});

test('a success with its data says what came of it', () => {
  expect(told('delivered', null)).toMatchObject({ meaning: 'good', consequence: 'lead opened' });
  expect(told('delivered', null, 'dispute').consequence).toBe('payout taken back');
  expect(told('duplicate', null)).toMatchObject({
    meaning: 'good',
    consequence: 'the network already had it',
  });
});
