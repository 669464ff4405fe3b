import type { ActionFunctionArgs } from '@remix-run/node';
import { reportRefund } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { answered } from '../_console.leads/answer.server.ts';
import { readReport } from '../_console.refunds/read-report.ts';

/** POST /refunds/report: takes in a refund, chargeback or fraud report by hand (RG-43). Answers JSON. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const parsed = readReport(new URLSearchParams(await request.text()));
    if (!parsed.success) {
      const details = parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: issue.message,
      }));
      throw new AppError('VALIDATION_ERROR', 'This cannot be taken in yet.', { details });
    }
    const { clock } = context.ctx;
    // a minute: the clock of who types may be ahead of ours
    if (Date.parse(parsed.data.occurredAt ?? '') > clock.now() + 60_000)
      throw new AppError('VALIDATION_ERROR', 'This cannot be taken in yet.', {
        details: [{ path: 'occurredAt', message: 'This is still to come: say when it was given back' }],
      });
    const reported = await reportRefund(context.ctx, context.wiring.disputes, {
      body: parsed.data,
      source: 'console',
      actor,
    });
    if (reported.kind === 'conflict')
      throw new AppError('CONFLICT', reported.message, {
        details: [{ path: 'refundId', message: 'taken by other content' }],
      });
    return { id: reported.id, disposition: reported.disposition, repeat: reported.kind === 'repeat' };
  });
}
