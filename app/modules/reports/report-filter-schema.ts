/** What every report of finance can be narrowed to. Client-safe. */
export interface LeadsNarrowing {
  /** Names of accounts; empty: all. */
  network: readonly string[];
  /** The network's campaign ids; empty: all. */
  campaign: readonly string[];
  affiliate: string | null;
  currency: string | null;
}

export const NO_NARROWING: LeadsNarrowing = { network: [], campaign: [], affiliate: null, currency: null };
