import type { ActionFunctionArgs } from '@remix-run/node';
import { approveDispute, rejectDispute, withdrawApproval } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';

/**
 * POST /approvals/:id/act: `intent` approve (the dispute leaves at once) or reject, both with `note`; withdraw, by who
 * asked. Answers JSON.
 */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const form = new URLSearchParams(await request.text());
    const note = form.get('note') ?? '';
    const input = { id: params.id ?? '', actor };
    switch (form.get('intent')) {
      case 'approve':
        await approveDispute(context.ctx, context.wiring.disputes, {
          ...input,
          ...(note.trim() === '' ? {} : { note }),
        });
        return {};
      case 'reject':
        await rejectDispute(context.ctx, { ...input, note });
        return {};
      case 'withdraw':
        await withdrawApproval(context.ctx, input);
        return {};
      default:
        throw new AppError('VALIDATION_ERROR', 'intent must be approve, reject or withdraw.');
    }
  });
}
