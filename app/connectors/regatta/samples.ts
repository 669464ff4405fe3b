import type { ConnectorAccount, PostbackInput } from '../types.ts';

/** An account, as the tests of this connector use it. */
export const account: ConnectorAccount = {
  baseUrl: 'https://regatta.network/api/v1',
  credentials: { apiKey: 'rgt_live_7f3k9Qw2ZxY8vB1nM4pL6sD0' },
};

/** The conversion of the guide's own request example. */
export const input: PostbackInput = {
  ref: 'abc123xyz',
  externalId: 'order_12345',
  eventType: 'PURCHASE',
  revenueCents: 9900,
  currency: 'USD',
  metadata: '{"plan":"pro"}',
  occurredAt: '2026-05-07T10:00:00.000Z',
  customer: { email: 'buyer@example.com', ip: '203.0.113.7' },
  coupon: 'REGATTA20',
};
