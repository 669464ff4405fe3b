export { type ChangedHolds, freezeKnownHold, nextReleaseAt, type ReleasedLead, releaseDueLeads } from './holds.server.ts';
export { type AcceptedPostback, heldSinceOf, type OpenedLead, openLeads } from './open-leads.server.ts';
export { disputeRefusal, flagsOf, holdOf } from './policy.ts';
