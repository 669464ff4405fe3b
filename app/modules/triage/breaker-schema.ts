import type { BreakerReason, BreakerScope, BreakerState } from './schema.ts';

/** What holds postbacks back, as pages show it. Times are UTC ISO. Client-safe. */
export interface BreakerView {
  id: string;
  accountId: string;
  network: string;
  scope: BreakerScope;
  networkCampaignId: string | null;
  campaignName: string | null;
  reason: BreakerReason;
  state: BreakerState;
  issueId: string;
  /** Rows held back now, counted up to 1,001. */
  parked: number;
  probes: number;
  /** A probe is under way. */
  probeMessageId: string | null;
  nextProbeAt: string | null;
  openedBy: string | null;
  note: string | null;
  openedAt: string;
  closedAt: string | null;
}
