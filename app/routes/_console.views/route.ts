import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { changeView, listViews, removeView, saveView } from '#app/modules/views/index.server.ts';
import { viewPage } from '#app/modules/views/view-schema.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { cleanQueryOf } from './pages.server.ts';

const NO_STORE = { headers: { 'Cache-Control': 'no-store' } };

/** GET /views?page=: the reader's views of a page and those shared with them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const page = viewPage.safeParse(new URL(request.url).searchParams.get('page'));
  if (!page.success) return Response.json({ views: [] }, { status: 404 });
  return Response.json({ views: await listViews(context.ctx, { page: page.data, actor }) }, NO_STORE);
}

/**
 * POST /views with `intent`: save (page, name, query, shared, ownerId?), change (id and name, shared or query) or
 * remove (id). Answers {view}, {removed} or {error}; for `postView` of ui/saved-views-api.ts.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const form = new URLSearchParams(await request.text());
    return Response.json(await carryOut(context.ctx, actor, form), NO_STORE);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details } = error;
    return Response.json({ error: { code, message, details } }, { status: error.status });
  }
}

async function carryOut(ctx: Parameters<typeof saveView>[0], actor: Actor, form: URLSearchParams) {
  const given = (name: string): string | undefined => form.get(name) ?? undefined;
  const id = form.get('id') ?? '';
  const shared = form.get('shared');
  switch (form.get('intent')) {
    case 'save': {
      const page = viewPage.safeParse(form.get('page'));
      if (!page.success) throw new AppError('VALIDATION_ERROR', 'This page keeps no views.');
      return {
        view: await saveView(ctx, {
          actor,
          page: page.data,
          name: form.get('name') ?? '',
          query: form.get('query') ?? '',
          shared: shared === 'true',
          cleanQuery: cleanQueryOf(page.data),
          ownerId: given('ownerId'),
        }),
      };
    }
    case 'change':
      return {
        view: await changeView(ctx, {
          id,
          actor,
          name: given('name'),
          query: given('query'),
          shared: shared === null ? undefined : shared === 'true',
          cleanQuery: cleanQueryOf,
        }),
      };
    case 'remove':
      return { removed: await removeView(ctx, { id, actor }) };
    default:
      throw new AppError('VALIDATION_ERROR', 'intent must be save, change or remove.');
  }
}
