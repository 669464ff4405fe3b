export { getLead, type LeadDetail, type LeadLoss } from './get-lead.server.ts';
export {
  type ChangedHolds,
  freezeKnownHold,
  nextReleaseAt,
  type ReleasedLead,
  releaseDueLeads,
} from './holds.server.ts';
export {
  countLeads,
  type DeadlineTotals,
  type LeadCounts,
  readDeadlineTotals,
  readLeadTotal,
} from './list-lead-totals.server.ts';
export { type ConnectorFor, type LeadPage, type ListLeadsInput, listLeads } from './list-leads.server.ts';
export { type AcceptedPostback, heldSinceOf, type OpenedLead, openLeads } from './open-leads.server.ts';
export { disputeRefusal, flagsOf, holdOf } from './policy.ts';
export { priceAssumedLeads } from './price-assumed.server.ts';
export { newestLead, type WalkStep, walkLeads } from './walk-leads.server.ts';
