import type { ActionFunctionArgs } from '@remix-run/node';
import { startBatch } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import type { BatchStarted } from '../_console.batches/ask.ts';
import { givenOf } from '../_console.batches/ask.ts';
import { selectionOf } from '../_console.batches/request.server.ts';
import { answered } from '../_console.leads/answer.server.ts';

/** POST /batches/start: disputes what was selected, ten seconds later. `name` may be left out. Answers JSON. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async (): Promise<BatchStarted> => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const form = new URLSearchParams(await request.text());
    const { ctx } = context;
    const name = form.get('name')?.trim();
    const { batchId, eligible, atOnce, undoMs, ...started } = await startBatch(ctx, context.wiring.disputes, {
      selection: selectionOf(form, ctx.clock.now()),
      ...givenOf(form),
      ...(name ? { name } : {}),
      actor,
    });
    return { batchId, name: started.name, eligible, atOnce, undoMs };
  });
}
