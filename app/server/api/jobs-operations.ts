import { z } from 'zod';
import { filterFieldsSchema } from '#app/modules/outbox/query-schema.ts';
import { ITEM_STATES, JOB_KINDS, JOB_STATES } from '#app/modules/triage/schema.ts';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText } from '#app/platform/text-rules.ts';
import { type Operation, pageOf } from './operation.ts';

/** Body of POST /api/v1/postbacks/retry. */
export const retryManySchema = z.strictObject({
  filter: filterFieldsSchema.describe('The same fields as GET /api/v1/postbacks; at least one.'),
  probe: z
    .boolean('probe must be true or false')
    .default(false)
    .describe('One goes first; if it is refused again nothing else is touched.'),
});

/** Query of GET /api/v1/jobs. */
export const jobsQuerySchema = z.strictObject({
  state: z.enum(JOB_STATES, { error: `state must be one of ${JOB_STATES.join(', ')}` }).optional(),
  limit: pageLimit(),
  cursor: exactText('cursor', 255).optional(),
});

/** Query of GET /api/v1/jobs/{id}/items. */
export const jobItemsQuerySchema = z.strictObject({
  format: z.enum(['json', 'csv'], { error: 'format must be json or csv' }).default('json'),
  state: z.enum(ITEM_STATES, { error: `state must be one of ${ITEM_STATES.join(', ')}` }).optional(),
  limit: pageLimit(1_000),
  cursor: exactText('cursor', 255).optional(),
});

const jobAnswer = z.looseObject({
  id: z.string(),
  kind: z.enum(JOB_KINDS),
  name: z.string(),
  state: z.enum(JOB_STATES),
  stateReason: z.string().nullable(),
  matched: z.int(),
  skipped: z.int(),
  started: z.int(),
  succeeded: z.int(),
  failed: z.int(),
});

export const jobsOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/v1/postbacks/retry',
    scope: 'operate',
    summary: 'Retries everything that matches a filter, not one page, as a job: oldest first, paced.',
    body: retryManySchema,
    answers: {
      202: {
        description: 'The job is on its way.',
        data: z.object({ jobId: z.string(), matched: z.int() }),
      },
      409: { description: 'Nothing matches.' },
    },
  },
  {
    method: 'get',
    path: '/api/v1/jobs',
    scope: 'read',
    summary: 'Bulk jobs, newest first.',
    query: jobsQuerySchema,
    answers: {
      200: {
        description: 'One page; give `nextCursor` back as `cursor` for the next.',
        data: pageOf(jobAnswer),
      },
    },
  },
  {
    method: 'get',
    path: '/api/v1/jobs/{id}',
    scope: 'read',
    summary: 'One bulk job: how far it is, and what came out.',
    answers: {
      200: { description: 'The job.', data: jobAnswer },
      404: { description: 'No such job.' },
    },
  },
  {
    method: 'get',
    path: '/api/v1/jobs/{id}/items',
    scope: 'read',
    summary:
      'Rows of a job with what each came to, oldest first. `format=csv` answers all of them as one file.',
    query: jobItemsQuerySchema,
    answers: {
      200: {
        description: 'One page, or with `format=csv` the file (text/csv, UTF-8, with header).',
        data: z.object({
          items: z.array(
            z.looseObject({
              messageId: z.string(),
              externalId: z.string(),
              state: z.enum(ITEM_STATES),
              before: z.string(),
              outcome: z.string().nullable(),
              status: z.string(),
            }),
          ),
          nextCursor: z.string().nullable(),
        }),
      },
      404: { description: 'No such job.' },
    },
  },
  {
    method: 'post',
    path: '/api/v1/jobs/{id}/cancel',
    scope: 'operate',
    summary: 'Cancels a job: what waits is left as it is, what is under way finishes.',
    answers: {
      202: { description: 'Canceled.', data: jobAnswer },
      404: { description: 'No such job.' },
      409: { description: 'It is over already.' },
    },
  },
];
