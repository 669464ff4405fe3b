import { z } from 'zod';

/** `limit` in the query of a list: 50 rows where it is left out, at most `most`. */
export const pageLimit = (most = 200) =>
  z.coerce
    .number({ error: 'limit must be a number' })
    .int('limit must be a whole number')
    .min(1, 'limit is at least 1')
    .max(most, `limit is at most ${most}`)
    .default(50);
