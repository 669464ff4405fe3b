import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import { viewPage } from '#app/modules/views/view-schema.ts';
import { readZone } from '#app/ui/preferences.ts';
import { countView, type ViewCount } from '../_console.views/pages.server.ts';

/** Views that are counted; those behind them go without a number. */
const COUNTED = 60;

/** GET /views/counts?page=: how many rows each view shows, by view id, counted to 1,000; null where not known. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const page = viewPage.safeParse(new URL(request.url).searchParams.get('page'));
  if (!page.success) return Response.json({ counts: {} }, { status: 404 });
  const views = await listViews(context.ctx, { page: page.data, actor });
  const zone = readZone(request.headers.get('cookie'));
  const counts: Record<string, ViewCount | null> = {};
  // one after the other: numbers on tabs must not hold up what people are waiting for
  for (const view of views.slice(0, COUNTED))
    counts[view.id] = await countView(context, page.data, new URLSearchParams(view.query), zone);
  return Response.json({ counts }, { headers: { 'Cache-Control': 'no-store' } });
}
