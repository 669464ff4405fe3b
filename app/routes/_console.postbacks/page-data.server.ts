import type { AppLoadContext } from '@remix-run/node';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { can } from '#app/modules/operators/index.server.ts';
import {
  countResolved,
  listPostbacks,
  type PostbackPage,
  readDepsOf,
  resolveFilter,
} from '#app/modules/outbox/index.server.ts';
import type { Counted, PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { nowOf } from '#app/platform/context.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { isZone } from '#app/platform/time-format.ts';
import { readPreferences } from '#app/ui/preferences.ts';
import type { SavedView } from '#app/ui/saved-views-api.ts';
import { type OpenPostback, readNames, readOpen } from './detail-data.server.ts';
import { type FilterName, type ListState, readState, setParts, toFilter, VIEWS, without } from './filters.ts';
import type { KnownNames } from './part-words.ts';

const PAGE = 50;

/** What the list shows. */
export interface ListPageData {
  /** The read failed: there are no rows because they are not known. */
  failed: boolean;
  page: PostbackPage;
  /** Counted up to 1,001, as are the others. */
  total: Counted;
  /** Rows newer than `top`. */
  newer: number;
  /** One count for each view; null where not known. */
  counts: (Counted | null)[];
  /** With no rows: the filter to drop, and what that would bring. */
  drop: { name: FilterName; count: Counted } | null;
  /** The open row, or why it cannot be shown. */
  detail: OpenPostback | null;
  views: SavedView[];
  names: KnownNames;
  networks: string[];
  mayRetry: boolean;
  /** Bulk actions. */
  mayTriage: boolean;
  requestId: string;
}

type ListPart = Pick<ListPageData, 'failed' | 'page' | 'total' | 'newer' | 'counts' | 'drop'>;

const resolve = ({ ctx }: AppLoadContext, filter: PostbackFilter) =>
  resolveFilter(ctx, filter, (text, most) => searchBodies(ctx, text, most));

/** Reads what the list shows. `top` (from the address of a refresh) keeps newer rows out and counts them. */
export async function readListPage(
  request: Request,
  context: AppLoadContext,
  actor: Actor,
): Promise<ListPageData> {
  const url = new URL(request.url);
  const state = readState(url.searchParams);
  const [list, detail, networks, views, names] = await Promise.all([
    readList(context, state, url.searchParams.get('top'), zoneOf(request)),
    state.open ? readOpen(context, state.open) : null,
    context.accounts.all(),
    listViews(context.ctx, { page: 'postbacks', actor }),
    readNames(context, state.filter),
  ]);
  return {
    ...list,
    detail,
    views,
    names,
    networks: networks.map((account) => account.name),
    mayRetry: can(actor.role, 'retry_postback'),
    mayTriage: can(actor.role, 'triage'),
    requestId: context.requestId,
  };
}

async function readList(
  context: AppLoadContext,
  state: ListState,
  top: string | null,
  zone: string,
): Promise<ListPart> {
  const { ctx } = context;
  try {
    const { connectorFor } = readDepsOf(context);
    const now = nowOf(ctx).getTime();
    const filter = toFilter(state, now, zone);
    const resolved = await resolve(context, filter);
    const bounds = {
      after: state.after ?? undefined,
      before: state.before ?? undefined,
      top: top ?? undefined,
    };
    const ofView = async (view: (typeof VIEWS)[number]) =>
      countResolved(ctx, await resolve(context, toFilter({ ...state, filter: view.filter }, now, zone)));
    const [page, newer, ...counts] = await Promise.all([
      listPostbacks(ctx, connectorFor, { filter, resolved, limit: PAGE, order: state.order, ...bounds }),
      top ? countResolved(ctx, resolved, { above: top }) : { n: 0 },
      ...VIEWS.map(ofView),
    ]);
    const alone = !state.after && !state.before && !top && page.nextAfter === null;
    // what stands on one page need not be counted once more
    const total = alone ? { n: page.items.length, more: false } : await countResolved(ctx, resolved);
    const empty = page.items.length === 0 && alone;
    const drop = empty ? await whatToDrop(context, state, now, zone) : null;
    return { failed: false, page, total, newer: newer.n, counts, drop };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // a page must not take a failed read for "no rows": it says so, with the id under which this is logged
    const stack = error instanceof Error ? error.stack : undefined;
    ctx.log.error(
      { requestId: context.requestId, error: messageOf(error), stack },
      'the list of postbacks could not be read',
    );
    return UNREAD;
  }
}

const UNREAD: ListPart = {
  failed: true,
  page: { items: [], nextAfter: null, prevBefore: null, lastLooked: null },
  total: { n: 0, more: false },
  newer: 0,
  counts: VIEWS.map(() => null),
  drop: null,
};

/** Of several filters that together leave nothing, the one whose loss brings most rows back. */
async function whatToDrop(
  context: AppLoadContext,
  state: ListState,
  now: number,
  zone: string,
): Promise<ListPageData['drop']> {
  const counted: NonNullable<ListPageData['drop']>[] = [];
  // one after the other: on SQLite they would wait for each other anyway, and nobody else would be let in between
  for (const name of setParts(state.filter)) {
    const left = toFilter({ ...state, filter: without(state.filter, name) }, now, zone);
    counted.push({ name, count: await countResolved(context.ctx, await resolve(context, left)) });
  }
  // what was searched for is what is wanted: it is dropped only where nothing else helps
  const rank = ({ name, count }: NonNullable<ListPageData['drop']>) =>
    count.n > 0 ? (name === 'q' ? 1 : 2) : 0;
  return counted.sort((a, b) => rank(b) - rank(a) || b.count.n - a.count.n)[0] ?? null;
}

/** The reader's time zone, as the page's own clock shows it. */
function zoneOf(request: Request): string {
  const { zone } = readPreferences(request.headers.get('cookie'));
  return zone !== null && isZone(zone) ? zone : 'UTC';
}
