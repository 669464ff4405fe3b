import type { ActionFunctionArgs } from '@remix-run/node';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { readDepsOf, retryMessage, scheduleOfMessage, skipStep } from '#app/modules/outbox/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';
import { intentSchema } from '../_console.postbacks/intent.ts';

/** POST /postbacks/:id/act: `intent` retries, sends again or skips a step of one postback. Answers JSON: its `id`. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const id = params.id ?? '';
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'retry_postback');
    const { ctx } = context;
    const intent = intentSchema.safeParse(new URLSearchParams(await request.text()).get('intent'));
    if (!intent.success) throw new AppError('VALIDATION_ERROR', 'intent must be retry, resend or skip');
    if (intent.data !== 'skip') return retryMessage(ctx, { id, actor, force: intent.data === 'resend' });
    const schedule = await scheduleOfMessage(ctx, readDepsOf(context), id);
    await skipStep(ctx, { id, schedule, actor });
    return { id };
  });
}
