import type { LoaderFunctionArgs } from '@remix-run/node';
import { search } from '#app/modules/reports/index.server.ts';

/** GET /search?q=: what an id or its beginning names. For the command menu. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (!(await context.auth.sessionOf(request))) return Response.json({ hits: [] }, { status: 401 });
  const q = new URL(request.url).searchParams.get('q') ?? '';
  return Response.json({ hits: await search(context.ctx, q) }, { headers: { 'Cache-Control': 'no-store' } });
}
