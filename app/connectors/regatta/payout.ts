import type { NetworkCampaign } from '../types.ts';

type PayoutTerms = Pick<NetworkCampaign, 'compensationModel' | 'payoutPercentage' | 'payoutPerUnitCents'>;

const FLAT_MODELS: readonly string[] = ['CPL', 'CPA', 'CPC'];

/**
 * The payout to expect, in cents (RG-22): for REV_SHARE revenueCents × payoutPercentage ÷ 100, for CPL, CPA and CPC
 * payoutPerUnitCents, else null. The guide does not say how Regatta rounds: here half a cent rounds up, so allow
 * ±1 cent when comparing. Exact: the product is made of integers, never of binary fractions.
 */
export function expectedPayoutCents(revenueCents: number | null, campaign: PayoutTerms): number | null {
  const { compensationModel, payoutPercentage, payoutPerUnitCents } = campaign;
  if (compensationModel === 'REV_SHARE') {
    return revenueCents === null || payoutPercentage === null ? null : share(revenueCents, payoutPercentage);
  }
  return compensationModel !== null && FLAT_MODELS.includes(compensationModel) ? payoutPerUnitCents : null;
}

function share(revenueCents: number, percentage: number): number | null {
  if (!Number.isSafeInteger(revenueCents) || revenueCents < 0) return null;
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(percentage)) ?? [];
  if (whole === undefined) return null;
  const scale = 100n * 10n ** BigInt(fraction.length);
  const product = BigInt(revenueCents) * BigInt(whole + fraction);
  const cents = Number((2n * product + scale) / (2n * scale));
  return Number.isSafeInteger(cents) ? cents : null;
}
