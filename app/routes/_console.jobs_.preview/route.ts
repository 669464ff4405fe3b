import type { LoaderFunctionArgs } from '@remix-run/node';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { previewJob } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { filterOfText, kindOf } from '../_console.jobs/request.server.ts';

/** GET /jobs/preview?kind&filter: what a bulk action would do, as JSON. `filter` is the list's own query string. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const { ctx } = context;
  try {
    const query = new URL(request.url).searchParams;
    const preview = await previewJob(
      ctx,
      { kind: kindOf(query.get('kind')), filter: filterOfText(query.get('filter') ?? '', request, ctx) },
      (words, most) => searchBodies(ctx, words, most),
    );
    return Response.json({ preview }, { headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Response.json({ error: { code: error.code, message: error.message } }, { status: error.status });
  }
}
