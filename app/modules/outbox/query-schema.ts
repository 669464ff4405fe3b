import { z } from 'zod';
import { exactText } from '#app/platform/text-rules.ts';
import { POSTBACK_STATUSES } from './schema.ts';

/** Parameters that may come several times, or once with commas between. */
export const LIST_PARAMETERS = ['status', 'cause', 'network', 'campaign', 'httpStatus'] as const;

const text = (name: string) => exactText(name, 255);
const time = (name: string) =>
  z.iso
    .datetime({ offset: true, error: `${name} must be an ISO time with its zone, e.g. 2026-05-12T14:22:09Z` })
    .transform((at) => new Date(at).toISOString());

/** Query of GET /api/v1/postbacks (CONTRACT.md). Client-safe. */
export const postbackQuerySchema = z.strictObject({
  status: z
    .array(z.enum(POSTBACK_STATUSES, { error: `status must be one of ${POSTBACK_STATUSES.join(', ')}` }))
    .optional(),
  cause: z.array(text('cause')).optional(),
  network: z.array(text('network')).optional(),
  campaign: z.array(text('campaign')).optional(),
  httpStatus: z
    .array(
      z.coerce
        .number({ error: 'httpStatus must be a number' })
        .int('httpStatus must be a whole number')
        .min(100, 'httpStatus is 100 to 599')
        .max(599, 'httpStatus is 100 to 599'),
    )
    .optional(),
  q: text('q').optional(),
  from: time('from').optional(),
  to: time('to').optional(),
  limit: z.coerce
    .number({ error: 'limit must be a number' })
    .int('limit must be a whole number')
    .min(1, 'limit is at least 1')
    .max(200, 'limit is at most 200')
    .default(50),
  cursor: text('cursor').optional(),
});

/** A query string as an object for a schema: lists where `lists` says so, else the last value. Empty values count as absent. */
export function queryObject(
  query: URLSearchParams,
  lists: readonly string[],
): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).filter((value) => value !== '');
    if (values.length === 0) continue;
    // a campaign's id could hold a comma; only our own words are split
    out[name] = lists.includes(name)
      ? name === 'campaign'
        ? values
        : values.flatMap((value) => value.split(',').filter(Boolean))
      : (values.at(-1) as string);
  }
  return out;
}
