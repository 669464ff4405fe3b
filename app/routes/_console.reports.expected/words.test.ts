import { expect, test } from 'vitest';
import type { UnitHint } from '#app/modules/reports/expected-schema.ts';
import { hintWords } from './words.ts';

const hint: UnitHint = {
  campaignId: 'c1',
  campaignName: 'Spring',
  currency: 'USD',
  kind: 'major',
  by: 'refund',
  count: 3,
  of: 12,
  example: { leadId: 'led_1', externalId: 'order_1', revenueCents: 49, otherCents: 4900 },
};

test('RG-22 the mistake of cents is named both ways, with its proof and what to do', () => {
  const major = hintWords(hint);
  expect(major.title).toBe(
    'Spring: revenue seems to be reported in whole units instead of cents (3 of 12 refunded orders).',
  );
  expect(major.text).toContain('order_1 was reported with $0.49, and the provider refunded $49.00.');
  expect(major.text).toContain('Send revenueCents in minor units');
  const high = hintWords({
    ...hint,
    kind: 'hundredfold',
    by: 'usual',
    example: { ...hint.example, revenueCents: 490_000, otherCents: 4900 },
  });
  expect(high.title).toContain('100 times too high (3 of 12 recent orders)');
  expect(high.text).toContain('order_1 was reported with $4,900.00; usual for this campaign is $49.00.');
});
