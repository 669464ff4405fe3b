import { z } from 'zod';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText, isoTime } from '#app/platform/text-rules.ts';
import { HTTP_STATUS, splitOperators } from './issue-filter-schema.ts';
import { ISSUE_ORDERS, NOTE_MAX } from './issue-schema.ts';
import { ISSUE_STATES } from './schema.ts';

/** Parameters that may come several times, or once with commas between (a campaign's id could hold a comma). */
export const ISSUE_LIST_PARAMETERS = ['state', 'network', 'code', 'campaign', 'httpStatus'] as const;

const text = (name: string) => exactText(name, 255);

/** Query of GET /api/v1/issues. Client-safe. */
export const issueQuerySchema = z.strictObject({
  state: z
    .array(z.enum(ISSUE_STATES, { error: `state must be one of ${ISSUE_STATES.join(', ')}` }))
    .optional(),
  network: z.array(text('network')).optional(),
  code: z.array(text('code')).optional(),
  campaign: z.array(text('campaign')).optional(),
  httpStatus: z
    .array(
      text('httpStatus').refine(
        (value) =>
          Object.values(splitOperators([value]))
            .flat()
            .every((one) => HTTP_STATUS.test(one)),
        'httpStatus is 100 to 599, or none where no answer came; not: before it leaves it out',
      ),
    )
    .optional(),
  assignee: text('assignee').optional(),
  q: text('q').optional(),
  seenMin: z.coerce
    .number({ error: 'seenMin must be a number' })
    .int('seenMin must be a whole number')
    .min(1, 'seenMin is at least 1')
    .max(1_000_000_000, 'seenMin is at most 1,000,000,000')
    .optional(),
  seenFrom: isoTime('seenFrom').optional(),
  seenTo: isoTime('seenTo').optional(),
  order: z
    .enum(ISSUE_ORDERS, { error: `order must be one of ${ISSUE_ORDERS.join(', ')}` })
    .default('last_seen'),
  limit: pageLimit(),
  cursor: exactText('cursor', 500).optional(),
});

/** Body of POST /api/v1/issues/{id}: what is to be different afterwards, and a note to go with it. */
export const issueBodySchema = z
  .strictObject({
    state: z.enum(ISSUE_STATES, { error: `state must be one of ${ISSUE_STATES.join(', ')}` }).optional(),
    until: isoTime('until').optional(),
    above: z
      .int('above must be a whole number of times an hour, e.g. 100')
      .min(1, 'above is at least 1')
      .max(1_000_000, 'above is at most 1,000,000')
      .optional(),
    assignee: exactText('assignee', 64).nullable().optional(),
    note: exactText('note', NOTE_MAX).optional(),
  })
  .refine((body) => body.state ?? body.note ?? body.assignee !== undefined, {
    message: 'Name what is to change: state, assignee or note',
  })
  .refine((body) => (body.until === undefined && body.above === undefined) || body.state === 'ignored', {
    path: ['state'],
    message: 'until and above belong to state "ignored"',
  });
