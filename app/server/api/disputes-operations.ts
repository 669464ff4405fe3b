import { z } from 'zod';
import {
  BATCH_STATES,
  batchSchema,
  ROW_STATES,
  selectionSchema,
} from '#app/modules/disputes/batch-schema.ts';
import { reasonTextSchema, TEMPLATE_KINDS } from '#app/modules/disputes/template-schema.ts';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText } from '#app/platform/text-rules.ts';
import { type Operation, pageOf } from './operation.ts';

const cursor = exactText('cursor', 255).optional();

/** Body of POST /api/v1/disputes/batches. */
export const batchBodySchema = batchSchema;
/** Body of POST /api/v1/disputes/preview: the reason may still be missing. */
export const previewBodySchema = z.strictObject({
  selection: selectionSchema,
  templateId: z.string().max(64).optional(),
  text: reasonTextSchema.optional(),
});
/** Query of GET /api/v1/disputes/batches. */
export const batchesQuerySchema = z.strictObject({ limit: pageLimit(), cursor });
/** Query of GET /api/v1/disputes/batches/{id}/rows. */
export const batchRowsQuerySchema = z.strictObject({
  format: z.enum(['json', 'csv'], { error: 'format must be json or csv' }).default('json'),
  state: z.enum(ROW_STATES, { error: `state must be one of ${ROW_STATES.join(', ')}` }).optional(),
  limit: pageLimit(1_000),
  cursor,
});
const batchAnswer = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(BATCH_STATES),
  selection: z.string(),
  startsAt: z.string().nullable(),
  eligible: z.int(),
  waiting: z.int(),
  disputed: z.int(),
  needApproval: z.int(),
  refused: z.int(),
  stopped: z.int(),
  leftOut: z.int(),
});
const stoppedAnswer = z.object({ stopped: z.int(), gone: z.int() });
const money = z.object({ currency: z.string(), minor: z.int() });
const NO_BATCH = { description: 'No such batch.' };

/** Reason templates and batches of disputes, as the OpenAPI document tells them. */
export const disputesOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/disputes/templates',
    scope: 'read',
    summary: 'Reason templates, by name. Variables stand in braces: {refundId}.',
    answers: {
      200: {
        description: 'All of them.',
        data: z.object({
          items: z.array(
            z.looseObject({
              id: z.string(),
              name: z.string(),
              kind: z.enum(TEMPLATE_KINDS),
              text: z.string(),
            }),
          ),
        }),
      },
    },
  },
  {
    method: 'post',
    path: '/api/v1/disputes/preview',
    scope: 'read',
    summary:
      'What disputing a selection would do: how many, their payouts, who must approve, what is left out and why, the first reason.',
    body: previewBodySchema,
    answers: {
      200: {
        description: 'Give `newestId` back in the selection, so that what comes later is not in it.',
        data: z.looseObject({
          matched: z.int(),
          eligible: z.int(),
          payouts: z.array(money),
          needApproval: z.int(),
          notAllowed: z.array(z.object({ reason: z.string(), words: z.string(), count: z.int() })),
          newestId: z.string(),
        }),
      },
      404: { description: 'No such template.' },
    },
  },
  {
    method: 'post',
    path: '/api/v1/disputes/batches',
    scope: 'operate',
    summary:
      'Disputes everything that is selected, one by one in order of deadline, from ten seconds on. Rows that need a second person wait for approval in the console.',
    body: batchBodySchema,
    answers: {
      202: {
        description: 'Taken up. Until `startsAt` it can be undone.',
        data: z.object({
          batchId: z.string(),
          name: z.string(),
          eligible: z.int(),
          atOnce: z.int(),
          startsAt: z.string(),
          undoMs: z.int(),
        }),
      },
      404: { description: 'No such template.' },
      409: { description: 'Nothing of it can be disputed, or too much matches; the message says why.' },
    },
  },
  {
    method: 'get',
    path: '/api/v1/disputes/batches',
    scope: 'read',
    summary: 'Batches of disputes, newest first.',
    query: batchesQuerySchema,
    answers: {
      200: {
        description: 'One page; give `nextCursor` back as `cursor` for the next.',
        data: pageOf(batchAnswer),
      },
    },
  },
  {
    method: 'get',
    path: '/api/v1/disputes/batches/{id}',
    scope: 'read',
    summary: 'One batch: how far it is, and what came out.',
    answers: { 200: { description: 'The batch.', data: batchAnswer }, 404: NO_BATCH },
  },
  {
    method: 'get',
    path: '/api/v1/disputes/batches/{id}/rows',
    scope: 'read',
    summary: 'Rows of a batch with what each came to. `format=csv` answers all of them as one file.',
    query: batchRowsQuerySchema,
    answers: {
      200: {
        description: 'One page, or with `format=csv` the file (text/csv, UTF-8, with header).',
        data: pageOf(
          z.looseObject({
            targetId: z.string(),
            leadId: z.string().nullable(),
            state: z.enum(ROW_STATES),
            outcome: z.string().nullable(),
          }),
        ),
      },
      404: NO_BATCH,
    },
  },
  {
    method: 'post',
    path: '/api/v1/disputes/batches/{id}/undo',
    scope: 'operate',
    summary: 'Takes a batch back before it begins.',
    answers: {
      202: { description: 'Undone.', data: stoppedAnswer },
      404: NO_BATCH,
      409: { description: 'It has begun, or is over.' },
    },
  },
  {
    method: 'post',
    path: '/api/v1/disputes/batches/{id}/cancel',
    scope: 'operate',
    summary: 'Stops a batch: what has not gone is left as it is.',
    answers: {
      202: { description: 'Canceled.', data: stoppedAnswer },
      404: NO_BATCH,
      409: { description: 'It is over.' },
    },
  },
];
