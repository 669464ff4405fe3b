import type { LoaderFunctionArgs } from '@remix-run/node';
import { findInBodies } from '#app/modules/metrics/index.server.ts';
import { search } from '#app/modules/reports/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

/**
 * GET /search?q=: what an id or its beginning names, and words inside requests and answers. For the command menu.
 * `unread` says why bodies were not looked through, where they were not.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (!(await context.auth.sessionOf(request)))
    return Response.json({ hits: [], unread: null }, { status: 401 });
  const q = new URL(request.url).searchParams.get('q') ?? '';
  let unread: string | null = null;
  const hits = await search(context.ctx, q, async (text, limit) => {
    try {
      return await findInBodies(context.ctx, text, limit);
    } catch (error) {
      // ids were found all the same: a word that is everywhere must not hide them
      if (!(error instanceof AppError)) throw error;
      unread = error.message;
      return [];
    }
  });
  return Response.json({ hits, unread }, { headers: { 'Cache-Control': 'no-store' } });
}
