import type { LossChoice } from '#app/modules/disputes/list-losses-schema.ts';
import { CAUSES } from './causes.ts';

/** What the address of the losses says. */
export interface LossesUrl {
  cause: string | null;
  currency: string | null;
  /** The network's campaign id. */
  campaign: string | null;
  /** "2026-11", in the reader's zone. */
  month: string | null;
  /** What the strip above the table shows. */
  by: 'month' | 'campaign';
  after: string | undefined;
  before: string | undefined;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Reads the address; what cannot be read counts as absent. */
export function parseLossesUrl(query: URLSearchParams): LossesUrl {
  const given = (name: string, max: number): string | null => {
    const value = query.get(name);
    return value === null || value === '' || value.includes('\0') || !value.isWellFormed()
      ? null
      : value.slice(0, max);
  };
  const month = given('month', 7);
  return {
    cause: Object.keys(CAUSES).find((known) => known === query.get('cause')) ?? null,
    currency: given('currency', 64),
    campaign: given('campaign', 255),
    month: month !== null && MONTH.test(month) ? month : null,
    by: query.get('by') === 'campaign' ? 'campaign' : 'month',
    after: given('after', 64) ?? undefined,
    before: given('before', 64) ?? undefined,
  };
}

/** The losses that the address asks for. */
export const choiceOf = ({ cause, currency, campaign, month }: LossesUrl): LossChoice => ({
  ...(cause === null ? {} : { cause }),
  ...(currency === null ? {} : { currency }),
  ...(campaign === null ? {} : { campaign }),
  ...(month === null ? {} : { month }),
});

/** True where something beyond the tab narrows the list. */
export const isNarrowed = ({ currency, campaign, month }: LossesUrl): boolean =>
  currency !== null || campaign !== null || month !== null;
