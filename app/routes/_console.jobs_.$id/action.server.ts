import { type ActionFunctionArgs, data } from '@remix-run/node';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { cancelJob } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

export type JobAnswer = { ok: true; id: string } | { error: { code: string; message: string } };

/** POST /jobs/:id: `intent` cancel. */
export async function jobAction({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'triage');
    if (new URLSearchParams(await request.text()).get('intent') !== 'cancel')
      throw new AppError('VALIDATION_ERROR', 'intent must be cancel');
    const job = await cancelJob(context.ctx, { id: params.id ?? '', actor });
    return data<JobAnswer>({ ok: true, id: job.id });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<JobAnswer>({ error: { code: error.code, message: error.message } }, { status: error.status });
  }
}
