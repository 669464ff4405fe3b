import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { cancelRun, deleteRun, saveMapping, startRun } from '#app/modules/reconcile/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { mappingOf } from './mapping-form.ts';

export type RunAnswer =
  | { ok: true; intent: string }
  | { error: { code: string; message: string; details: { path: string; message: string }[] } };

/** POST /reports/reconcile/:id: `intent` try (keeps the mapping), start, cancel, delete. */
export async function runAction({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { ctx } = context;
  const id = Number(params.id);
  const form = await request.formData();
  const intent = String(form.get('intent') ?? '');
  try {
    requireSameOrigin(request, context.config.publicUrl);
    if (intent === 'try') await saveMapping(ctx, { id, mapping: mappingOf(form), actor });
    else if (intent === 'start') await startRun(ctx, { id, actor });
    else if (intent === 'cancel') await cancelRun(ctx, { id, actor });
    else if (intent === 'delete') await deleteRun(ctx, { id, actor });
    else throw new AppError('VALIDATION_ERROR', 'intent must be try, start, cancel or delete');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details = [] } = error;
    return data<RunAnswer>({ error: { code, message, details } }, { status: error.status });
  }
  if (intent === 'delete') throw redirect('/reports/reconcile');
  return data<RunAnswer>({ ok: true, intent });
}
