/** Former name of `detail-schema.ts`, until the leads page imports it from there. */
export type { AttemptItem } from './detail-schema.ts';
