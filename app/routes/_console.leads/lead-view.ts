import type { LeadItem } from '#app/modules/leads/lead-schema.ts';

/** A lead as the pages show it: with the reason that a dispute would begin with. */
export type LeadView = LeadItem & { reason: string };
