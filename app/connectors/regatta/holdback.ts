import type { Holdback } from '../types.ts';

const HOLDBACKS: ReadonlyMap<string, Holdback> = new Map<string, Holdback>([
  ['AUTH_MISSING', { scope: 'account', reason: 'bad_key', provenBy: 'any_answer' }],
  ['AUTH_INVALID_KEY', { scope: 'account', reason: 'bad_key', provenBy: 'any_answer' }],
  ['EMAIL_NOT_VERIFIED', { scope: 'account', reason: 'inactive_account', provenBy: 'any_answer' }],
  ['AGENT_INACTIVE', { scope: 'account', reason: 'inactive_account', provenBy: 'any_answer' }],
  // the wallet is the advertiser's: it pays for every campaign (RG-50)
  [
    'ADVERTISER_WALLET_INSUFFICIENT_BALANCE',
    { scope: 'account', reason: 'empty_wallet', provenBy: 'accepted' },
  ],
  ['CAMPAIGN_BUDGET_EXHAUSTED', { scope: 'campaign', reason: 'budget_exhausted', provenBy: 'accepted' }],
]);

/**
 * Refusals that what follows would get as well (RG-24 to RG-28, RG-50). FORBIDDEN is not one of them: it may mean
 * that a single tracking code belongs to another advertiser.
 */
export function holdback(
  errorCode: string,
  errorMessage: string | null,
  httpStatus: number | null,
): Holdback | null {
  if (httpStatus === null || httpStatus < 400 || httpStatus > 499) return null;
  if (errorCode === 'VALIDATION_ERROR' && errorMessage?.toLowerCase().includes('campaign is not active')) {
    return { scope: 'campaign', reason: 'inactive_campaign', provenBy: 'accepted' };
  }
  return HOLDBACKS.get(errorCode) ?? null;
}
