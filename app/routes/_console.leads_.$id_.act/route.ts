import type { ActionFunctionArgs } from '@remix-run/node';
import { openDispute, UNDO_MS, undoDispute } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';

/** POST /leads/:id/act: `intent` dispute (with `reason`; leaves after ten seconds) or undo. Answers JSON. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const form = new URLSearchParams(await request.text());
    const leadId = params.id ?? '';
    if (form.get('intent') === 'undo') {
      await undoDispute(context.ctx, { leadId, actor });
      return {};
    }
    if (form.get('intent') !== 'dispute')
      throw new AppError('VALIDATION_ERROR', 'Leadline does not know what to do with this: reload the page.');
    const reason = form.get('reason') ?? '';
    const { leavesAt, approvalId } = await openDispute(context.ctx, context.wiring.disputes, {
      leadId,
      reason,
      delayMs: UNDO_MS,
      actor,
    });
    return { leavesInMs: Math.max(0, (leavesAt?.getTime() ?? 0) - context.ctx.clock.now()), approvalId };
  });
}
