import { z } from 'zod';

/** How long bodies of events are kept when nobody has said. */
export const RETENTION_DEFAULT_DAYS = 90;
export const RETENTION_MIN_DAYS = 7;
export const RETENTION_MAX_DAYS = 3_650;

const range = `Whole days, from ${RETENTION_MIN_DAYS} to ${RETENTION_MAX_DAYS.toLocaleString('en-US')}`;

/** The form of Settings › Webhooks. Client-safe. */
export const retentionSchema = z.object({
  days: z.coerce
    .number({ error: range })
    .int(range)
    .min(RETENTION_MIN_DAYS, range)
    .max(RETENTION_MAX_DAYS, range),
});
