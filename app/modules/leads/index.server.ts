export { getLead, type LeadDetail } from './get-lead.server.ts';
export { freezeKnownHold, type ReleasedLead, releaseDueLeads } from './holds.server.ts';
export { countLeads, readDeadlineTotals, readLeadTotal } from './list-lead-totals.server.ts';
export { type ConnectorFor, listLeads } from './list-leads.server.ts';
export { openLeads } from './open-leads.server.ts';
export { disputeRefusal } from './policy.ts';
export { priceAssumedLeads } from './price-assumed.server.ts';
export { newestLead, type WalkStep, walkLeads } from './walk-leads.server.ts';
