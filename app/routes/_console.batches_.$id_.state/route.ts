import type { LoaderFunctionArgs } from '@remix-run/node';
import { getBatch } from '#app/modules/disputes/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { answered } from '../_console.leads/answer.server.ts';

/** GET /batches/:id/state: how far a batch is, as JSON, for what shows it in place. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  return answered(async () => ({ batch: await getBatch(context.ctx, params.id ?? '') }));
}
