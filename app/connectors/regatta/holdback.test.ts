import { expect, test } from 'vitest';
import { holdback } from './holdback.ts';

test.each([
  ['AUTH_INVALID_KEY', null, 401, 'account', 'bad_key', 'any_answer'],
  ['AUTH_MISSING', null, 401, 'account', 'bad_key', 'any_answer'],
  ['AGENT_INACTIVE', null, 403, 'account', 'inactive_account', 'any_answer'],
  ['EMAIL_NOT_VERIFIED', null, 403, 'account', 'inactive_account', 'any_answer'],
  ['ADVERTISER_WALLET_INSUFFICIENT_BALANCE', null, 402, 'account', 'empty_wallet', 'accepted'],
  ['CAMPAIGN_BUDGET_EXHAUSTED', null, 402, 'campaign', 'budget_exhausted', 'accepted'],
  ['VALIDATION_ERROR', 'Campaign is not active', 400, 'campaign', 'inactive_campaign', 'accepted'],
] as const)(
  'RG-24 RG-25 RG-26 RG-27 RG-28 %s (%s) holds back what follows',
  (code, message, status, scope, reason, provenBy) => {
    expect(holdback(code, message, status)).toEqual({ scope, reason, provenBy });
  },
);

test.each([
  ['FORBIDDEN', null, 403],
  ['NOT_FOUND', null, 404],
  ['VALIDATION_ERROR', 'revenueCents is required', 400],
  ['TIMEOUT', null, null],
  ['INTERNAL_ERROR', null, 500],
  ['AUTH_INVALID_KEY', null, 503],
] as const)(
  'RG-29 RG-30 %s (%s, %s) concerns this postback alone, or passes by itself',
  (code, message, status) => {
    expect(holdback(code, message, status)).toBeNull();
  },
);
