/** Words of leads that the console and the API share with the server. Client-safe. */
export const HOLD_STATES = ['pending_release', 'released', 'disputed', 'none'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** Something about a lead that deserves a look (RG-21, RG-22). */
export interface LeadFlag {
  code: 'TRACKING_CODE_DIFFERS' | 'PAYOUT_DIFFERS';
  message: string;
}
