import type { ActionFunctionArgs } from '@remix-run/node';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { cancelJob } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';

/** POST /jobs/:id/act: `intent` cancel leaves what still waits as it is. Answers JSON: the job's `id`. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'triage');
    if (new URLSearchParams(await request.text()).get('intent') !== 'cancel')
      throw new AppError('VALIDATION_ERROR', 'intent must be cancel');
    const { id } = await cancelJob(context.ctx, { id: params.id ?? '', actor });
    return { id };
  });
}
