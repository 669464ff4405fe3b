import type { ActionFunctionArgs } from '@remix-run/node';
import { cancelBatch, undoBatch } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';

/**
 * POST /batches/:id/act: `intent` undo takes the whole batch back before it starts, cancel leaves what has not gone.
 * Answers JSON: how many were stopped, and how many had gone.
 */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const input = { id: params.id ?? '', actor };
    const intent = new URLSearchParams(await request.text()).get('intent');
    if (intent === 'undo') return undoBatch(context.ctx, input);
    if (intent === 'cancel') return cancelBatch(context.ctx, input);
    throw new AppError('VALIDATION_ERROR', 'intent must be undo or cancel.');
  });
}
