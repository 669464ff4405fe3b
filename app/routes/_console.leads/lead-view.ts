import type { DisputeState } from '#app/modules/disputes/dispute-state-schema.ts';
import type { LeadItem } from '#app/modules/leads/lead-schema.ts';

/** A lead as the pages show it: with the reason that a dispute would begin with, and where its dispute stands. */
export type LeadView = LeadItem & { reason: string; state: DisputeState | null };
