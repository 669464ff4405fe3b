import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { getJob } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** GET /jobs/:id/state: how far a job is, as JSON, for what shows it in place. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  try {
    const { filter: _filter, ...job } = await getJob(context.ctx, params.id ?? '');
    return Response.json({ job }, { headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Response.json({ error: { code: error.code, message: error.message } }, { status: error.status });
  }
}
