import { z } from 'zod';
import { APPROVAL_STATES } from '#app/modules/disputes/approval-schema.ts';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText } from '#app/platform/text-rules.ts';
import { type Operation, pageOf } from './operation.ts';

/** Query of GET /api/v1/approvals. */
export const approvalsQuerySchema = z.strictObject({
  state: z.enum(['pending', 'decided'], { error: 'state must be pending or decided' }).default('pending'),
  limit: pageLimit(),
  cursor: exactText('cursor', 255).optional(),
});

/** Disputes that need a second person, as the OpenAPI document tells them. */
export const approvalsOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/approvals',
    scope: 'read',
    summary:
      'Disputes that wait for another person, by deadline, or those that were decided. Only a person can approve: in the console.',
    query: approvalsQuerySchema,
    answers: {
      200: {
        description: 'One page; give `nextCursor` back as `cursor` for the next.',
        data: pageOf(
          z.looseObject({
            id: z.string(),
            state: z.enum(APPROVAL_STATES),
            leadId: z.string(),
            reason: z.string(),
            payoutCents: z.int().nullable(),
            currency: z.string().nullable(),
            requestedByName: z.string(),
            urgent: z.boolean(),
          }),
        ),
      },
    },
  },
];
