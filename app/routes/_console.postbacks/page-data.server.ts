import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/modules/operators/index.server.ts';
import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import {
  countPostbacks,
  getPostback,
  listPostbacks,
  type PostbackPage,
  readDepsOf,
} from '#app/modules/outbox/index.server.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { nowOf } from '#app/platform/context.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { isZone } from '#app/platform/time-format.ts';
import { readPreferences } from '#app/ui/preferences.ts';
import { type ListState, readState, toFilter, VIEWS } from './filters.ts';

const PAGE = 50;

export type FilterName = 'status' | 'cause' | 'answer' | 'network' | 'campaign' | 'q' | 'range';

/** What the list shows. */
export interface ListPageData {
  /** The read failed: there are no rows because they are not known. */
  failed: boolean;
  page: PostbackPage;
  /** Counted up to 1,001, as are the others. */
  total: number;
  /** Rows newer than `top`. */
  newer: number;
  /** One count for each view; null where not known. */
  counts: (number | null)[];
  /** With no rows: the filter to drop, and what that would bring. */
  drop: { name: FilterName; count: number } | null;
  /** The open row, or why it cannot be shown. */
  detail: { postback: PostbackDetail | null; problem: string | null } | null;
  top: string | null;
  networks: string[];
  mayRetry: boolean;
  requestId: string;
}

type ListPart = Pick<ListPageData, 'failed' | 'page' | 'total' | 'newer' | 'counts' | 'drop'>;

/** Reads what the list shows. `top` (from the address of a refresh) keeps newer rows out and counts them. */
export async function readListPage(
  request: Request,
  context: AppLoadContext,
  actor: Actor,
): Promise<ListPageData> {
  const url = new URL(request.url);
  const state = readState(url.searchParams);
  const top = url.searchParams.get('top');
  const zone = zoneOf(request);
  const filter = toFilter(state, nowOf(context.ctx).getTime(), zone);
  const [list, detail, networks] = await Promise.all([
    readList(context, filter, state, top, zone),
    state.open ? readDetail(context, state.open) : null,
    context.accounts.all(),
  ]);
  return {
    ...list,
    detail,
    top,
    networks: networks.map((account) => account.name),
    mayRetry: can(actor.role, 'retry_postback'),
    requestId: context.requestId,
  };
}

async function readList(
  context: AppLoadContext,
  filter: PostbackFilter,
  state: ListState,
  top: string | null,
  zone: string,
): Promise<ListPart> {
  const { ctx } = context;
  try {
    const { connectorFor } = readDepsOf(context);
    const now = nowOf(ctx).getTime();
    const bounds = {
      after: state.after ?? undefined,
      before: state.before ?? undefined,
      top: top ?? undefined,
    };
    const empty = readState(new URLSearchParams());
    const [page, total, newer, ...counts] = await Promise.all([
      listPostbacks(ctx, connectorFor, { filter, limit: PAGE, order: state.order, ...bounds }),
      countPostbacks(ctx, filter),
      top ? countPostbacks(ctx, filter, { above: top }) : 0,
      ...VIEWS.map((view) =>
        countPostbacks(ctx, toFilter({ ...empty, status: [...view.status], range: view.range }, now, zone)),
      ),
    ]);
    const drop =
      page.items.length === 0 && !state.after && !state.before
        ? await whatToDrop(context, filter, state)
        : null;
    return { failed: false, page, total, newer, counts, drop };
  } catch (error) {
    // a page must not take a failed read for "no rows": it says so, with the id under which this is logged
    ctx.log.error(
      {
        requestId: context.requestId,
        error: messageOf(error),
        stack: error instanceof Error ? error.stack : undefined,
      },
      'the list of postbacks could not be read',
    );
    return {
      failed: true,
      page: { items: [], nextAfter: null, prevBefore: null },
      total: 0,
      newer: 0,
      counts: VIEWS.map(() => null),
      drop: null,
    };
  }
}

/** Of several filters that together leave nothing, the one whose loss brings most rows back. */
async function whatToDrop(
  context: AppLoadContext,
  filter: PostbackFilter,
  state: ListState,
): Promise<{ name: FilterName; count: number } | null> {
  const tries: [FilterName, boolean, PostbackFilter][] = [
    ['q', state.q !== '', { ...filter, q: undefined }],
    ['status', state.status.length > 0, { ...filter, status: [] }],
    ['cause', state.cause.length > 0, { ...filter, cause: [] }],
    ['answer', state.answer.length > 0, { ...filter, httpStatus: [] }],
    ['network', state.network.length > 0, { ...filter, network: [] }],
    ['campaign', state.campaign.length > 0, { ...filter, campaign: [] }],
    ['range', state.range !== null, { ...filter, from: undefined }],
  ];
  const active = tries.filter(([, on]) => on);
  const counted = await Promise.all(
    active.map(async ([name, , without]) => ({ name, count: await countPostbacks(context.ctx, without) })),
  );
  // what was searched for is what is wanted: it is dropped only where nothing else helps
  const rank = (one: { name: FilterName; count: number }) => (one.count > 0 ? (one.name === 'q' ? 1 : 2) : 0);
  return counted.sort((a, b) => rank(b) - rank(a) || b.count - a.count)[0] ?? null;
}

/** The open row, or why it cannot be shown. */
async function readDetail(
  context: AppLoadContext,
  id: string,
): Promise<{ postback: PostbackDetail | null; problem: string | null }> {
  try {
    return { postback: await getPostback(context.ctx, readDepsOf(context), id), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { postback: null, problem: error.message };
  }
}

/** The reader's time zone, as the page's own clock shows it. */
function zoneOf(request: Request): string {
  const { zone } = readPreferences(request.headers.get('cookie'));
  return zone !== null && isZone(zone) ? zone : 'UTC';
}
