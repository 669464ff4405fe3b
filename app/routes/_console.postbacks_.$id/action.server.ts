import { type ActionFunctionArgs, data } from '@remix-run/node';
import { z } from 'zod';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { readDepsOf, retryMessage, scheduleOfMessage, skipStep } from '#app/modules/outbox/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

const intentSchema = z.enum(['retry', 'resend', 'skip'], { error: 'intent must be retry, resend or skip' });
export type Intent = z.output<typeof intentSchema>;

export type ActionAnswer =
  | { ok: true; intent: Intent; id: string }
  | { ok: false; error: { code: string; message: string } };

/** Retries, sends again or skips a step of one message, for the list, the drawer and the page. */
export async function postbackAction({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const id = params.id ?? '';
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'retry_postback');
    const intent = intentSchema.safeParse((await request.formData()).get('intent'));
    if (!intent.success) throw new AppError('VALIDATION_ERROR', 'intent must be retry, resend or skip');
    if (intent.data === 'skip') {
      const schedule = await scheduleOfMessage(context.ctx, readDepsOf(context), id);
      await skipStep(context.ctx, { id, schedule, actor });
    } else {
      await retryMessage(context.ctx, { id, actor, force: intent.data === 'resend' });
    }
    return data<ActionAnswer>({ ok: true, intent: intent.data, id });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<ActionAnswer>(
      { ok: false, error: { code: error.code, message: error.message } },
      { status: error.status },
    );
  }
}
