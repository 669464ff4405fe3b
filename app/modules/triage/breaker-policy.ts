import type { Holdback, Outcome } from '#app/connectors/types.ts';
import type { BreakerReason, BreakerScope } from './schema.ts';
import { UNREADABLE_SUCCESS } from './unread-schema.ts';

/** What shows that a breaker's cause is gone. `by_hand`: only a person (a pause). */
export type ProvenBy = Holdback['provenBy'] | 'by_hand';

/** How long after a refusal a postback that was never sent may try, by the number of probes so far (ms). */
const PROBE_WAITS_MS = [30_000, 60_000, 300_000, 900_000] as const;
/** Probes that may follow each other at once while their answers prove nothing. */
const PROBES_IN_A_ROW = 10;
/** A probe that got no answer keeps its own ladder; after so long another may try beside it. */
export const PROBE_GIVEN_UP_MS = 15 * 60_000;
/**
 * Pause between a fix seen here (credentials saved, campaign fetched anew) and the probe it leads to. Other processes
 * may hold the old credentials for five seconds; and whoever put it right gets the chance to try it by hand.
 */
export const EVIDENCE_WAIT_MS = 5_000;

/** Wait before the next probe after `probes` of them, in ms. */
export const probeWaitMs = (probes: number): number =>
  PROBE_WAITS_MS[Math.min(probes, PROBE_WAITS_MS.length - 1)] as number;

/**
 * Wait after a probe whose answer proved nothing (a duplicate, a test, another refusal): none, but after every tenth
 * probe the timetable's. `later`: it was refused for the same reason, or got no answer at all.
 */
export const nextProbeWaitMs = (probes: number, later: boolean): number =>
  later || probes % PROBES_IN_A_ROW === 0 ? probeWaitMs(probes) : 0;

/** Identity of what a breaker holds back, beside account and reason. */
export function scopeKeyOf(
  scope: BreakerScope,
  networkCampaignId: string | null,
  ref: string | null,
): string {
  if (scope === 'account') return 'account';
  return networkCampaignId === null ? `code:${ref ?? ''}` : `campaign:${networkCampaignId}`;
}

/** What a breaker holds back. */
export interface HeldScope {
  scope: BreakerScope;
  networkCampaignId: string | null;
  /** Tracking codes known to lead into the campaign. */
  codes: ReadonlySet<string>;
  /** The campaign's test code: it works on a campaign that is not active, and draws on no budget (RG-19, RG-46). */
  testCode: string | null;
}

/** What tells where a postback belongs. */
export interface Placed {
  networkCampaignId: string | null;
  ref: string | null;
}

/** Whether a postback of the same account falls under a breaker. */
export function covers(held: HeldScope, message: Placed): boolean {
  if (held.scope === 'account') return true;
  if (message.ref !== null && message.ref === held.testCode) return false;
  if (held.networkCampaignId !== null && message.networkCampaignId !== null)
    return held.networkCampaignId === message.networkCampaignId;
  return message.ref !== null && held.codes.has(message.ref);
}

/** An answer as it bears on a breaker. `holdback`: what its refusal would hold back itself. */
export interface Answered {
  outcome: Outcome;
  httpStatus: number | null;
  errorCode: string | null;
  holdback: Holdback | null;
}

/** Answers that a proxy or a firewall in between may give as well: they show nothing of the network itself. */
const NOT_THE_NETWORKS = new Set(['NOT_JSON', 'UNEXPECTED_BODY', 'RESPONSE_TOO_LARGE', UNREADABLE_SUCCESS]);

/**
 * Whether an answer shows that the breaker's cause is gone. `any_answer` (bad key, inactive account): whatever the
 * network itself answers past its door. A refusal that is about the whole account and of the same kind does not
 * count, not even for another reason: which of the two checks comes first is not known.
 */
export function proves(provenBy: ProvenBy, answer: Answered): boolean {
  const { outcome, httpStatus, errorCode, holdback } = answer;
  if (provenBy === 'by_hand' || (errorCode !== null && NOT_THE_NETWORKS.has(errorCode))) return false;
  if (provenBy === 'accepted') return outcome === 'accepted';
  if (outcome === 'accepted' || outcome === 'duplicate' || outcome === 'test') return true;
  if (outcome !== 'rejected' || httpStatus === null || httpStatus < 400 || httpStatus > 499) return false;
  if (errorCode === null) return false;
  return !(holdback?.scope === 'account' && holdback.provenBy === 'any_answer');
}

/** What a breaker is about, for notes and the audit. */
export const REASON_WORDS: Record<BreakerReason, string> = {
  bad_key: 'the network refuses the API key',
  inactive_account: 'the account at the network is not active',
  inactive_campaign: 'the campaign is not active',
  budget_exhausted: 'the campaign’s budget is used up',
  empty_wallet: 'the wallet is empty',
  paused: 'paused by hand',
};
