export type { AttentionDeps } from './attention.server.ts';
export { type Diagnostics, readDiagnostics } from './diagnostics.server.ts';
export { readDueLeads } from './due-leads.server.ts';
export { readFirstSteps } from './first-steps.server.ts';
export { readNeeds } from './needs.server.ts';
export { type Overview, readOverview } from './overview.server.ts';
export { search } from './search.server.ts';
export { readSilence, type Silence } from './silence.server.ts';
