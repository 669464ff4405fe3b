import type { ActionFunctionArgs } from '@remix-run/node';
import { decideReview, linkRefund, UNDO_MS } from '#app/modules/disputes/index.server.ts';
import type { Choice } from '#app/modules/disputes/schema.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';

const CHOICES: readonly string[] = ['dispute', 'let_pass', 'done'] satisfies Choice[];

/**
 * POST /refunds/:id/act: `intent` dispute, let_pass or done decides about a refund; link (with `order`, or `leadId`)
 * ties it to its order. Answers JSON with the disposition, and the lead where a dispute can still be undone.
 */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const form = new URLSearchParams(await request.text());
    const intent = form.get('intent') ?? '';
    const refundId = params.id ?? '';
    const { disputes } = context.wiring;
    if (intent === 'link') {
      const leadId = form.get('leadId') ?? '';
      if (leadId !== '') return linkRefund(context.ctx, disputes, { refundId, leadId, actor });
      const order = form.get('order') ?? '';
      if (order === '')
        throw new AppError('VALIDATION_ERROR', 'Give the id of the order or of its payment.', {
          details: [{ path: 'order', message: 'is empty' }],
        });
      return linkRefund(context.ctx, disputes, { refundId, order, actor });
    }
    if (!CHOICES.includes(intent))
      throw new AppError('VALIDATION_ERROR', 'Leadline does not know what to do with this: reload the page.');
    const decided = await decideReview(context.ctx, disputes, { refundId, choice: intent as Choice, actor });
    return { ...decided, undoMs: decided.disposition === 'disputing' ? UNDO_MS : 0 };
  });
}
