import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import { type Deed, GRACE_HOURS, type Rules, type Terms } from './types.ts';

const STANDARD: Rules = { full: 'now', partial: 'ask', chargeback: 'now', fraud: 'now', fromPercent: null };

/** The campaigns of every scenario: fixed and shared payouts, four currencies' worth of decimals, holds from none to a month. */
export const TERMS: readonly Terms[] = [
  { name: 'Month', pays: { each: 1000 }, currency: 'USD', days: 30, rules: STANDARD },
  { name: 'Share', pays: { share: 2000 }, currency: 'EUR', days: 30, rules: STANDARD },
  { name: 'Grace', pays: { each: 600 }, currency: 'USD', days: 14, rules: { ...STANDARD, full: 'later' } },
  { name: 'Gone', pays: { each: 250 }, currency: 'USD', days: 0, rules: STANDARD },
  {
    name: 'Odd',
    pays: { share: 1250 },
    currency: 'USD',
    days: 7,
    rules: { full: 'now', partial: 'now', chargeback: 'ask', fraud: 'never', fromPercent: 50 },
  },
  { name: 'Short', pays: { each: 777 }, currency: 'JPY', days: 2, rules: { ...STANDARD, full: 'later' } },
];

/** What a conversion pays: halves are rounded up. */
export const payoutOf = ({ pays }: Terms, revenue: number): number =>
  'each' in pays ? pays.each : Math.floor((revenue * pays.share + 5000) / 10_000);

const DEEDS: Record<Deed, 'at_once' | 'after_grace' | 'ask' | 'never'> = {
  now: 'at_once',
  later: 'after_grace',
  ask: 'ask',
  never: 'never',
};

/** The rules as the product is told them; null where its standard is meant. */
export function rulesForProduct({ rules }: Terms): unknown {
  if (rules === STANDARD) return null;
  const { full, partial, chargeback, fraud, fromPercent } = rules;
  return {
    full: { do: DEEDS[full] },
    partial: { do: DEEDS[partial] },
    chargeback: { do: DEEDS[chargeback] },
    fraud: { do: DEEDS[fraud] },
    partialFrom: fromPercent === null ? null : { percent: fromPercent },
    graceHours: GRACE_HOURS,
  };
}

export interface Place {
  campaignId: string;
  codes: string[];
}

/** A network with these campaigns, rich enough for any number of orders. */
export function furnish(regatta: PracticeRegatta): { apiKey: string; wallet: number; places: Place[] } {
  const wallet = 1e13;
  const { id: advertiserId } = regatta.createAdvertiser({ name: 'Model', availableCents: wallet });
  const { key: apiKey } = regatta.createKey({ advertiserId });
  const places = TERMS.map(({ name, pays, currency, days }) => {
    const { id: campaignId } = regatta.createCampaign({
      status: 'ACTIVE',
      name,
      currency,
      budgetCents: 1e13,
      holdingPeriodDays: days,
      ...('each' in pays
        ? { compensationModel: 'CPA', payoutPerUnitCents: pays.each }
        : { compensationModel: 'REV_SHARE', payoutPercentage: pays.share / 100 }),
    });
    const codes = Array.from({ length: 4 }, () => regatta.createEnrollment({ campaignId }).trackingCode);
    return { campaignId, codes };
  });
  return { apiKey, wallet, places };
}
