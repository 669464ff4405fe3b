export type { AttentionDeps } from './attention.server.ts';
export { type Diagnostics, readDiagnostics } from './diagnostics.server.ts';
export { readFirstSteps } from './first-steps.server.ts';
export { readNeeds } from './needs.server.ts';
export { type Overview, readOverview } from './overview.server.ts';
export { search } from './search.server.ts';
