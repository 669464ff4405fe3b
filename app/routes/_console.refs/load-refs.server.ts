import type { AppLoadContext } from '@remix-run/node';
import {
  codeKey,
  countCaptures,
  getCapture,
  listCaptures,
  listReach,
} from '#app/modules/capture/index.server.ts';
import type { CapturePage } from '#app/modules/capture/view-schema.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import type { SavedViewItem } from '#app/modules/views/view-schema.ts';
import { type Actor, nowOf } from '#app/platform/context.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { networkName } from '#app/platform/network-name.ts';
import { readZone } from '#app/ui/preferences.ts';
import type { RefRow } from './columns.tsx';
import { type FilterName, type RefFilters, readFilters, VIEWS, whereOf } from './filters.ts';
import type { OpenRef } from './ref-drawer.tsx';

export interface Count {
  n: number;
  capped: boolean;
}

/** What the page of refs shows. */
export interface RefsPage {
  /** The read failed: there are no rows because they are not known. */
  failed: boolean;
  rows: RefRow[];
  nextBefore: string | null;
  nextAfter: string | null;
  /** Rows looked through where the walk stopped before the page was full. */
  looked: number | null;
  total: Count;
  /** Rows newer than `top`. */
  newer: Count;
  /** One count for each built-in view; null where not known. */
  counts: (Count | null)[];
  /** With no rows: the filter whose loss brings most back, and how many. */
  drop: { name: FilterName; count: Count } | null;
  networks: string[];
  views: SavedViewItem[];
  open: OpenRef | null;
  publicUrl: string;
  requestId: string;
}

type Where = ReturnType<typeof whereOf>;
type ListPart = Pick<
  RefsPage,
  'failed' | 'rows' | 'nextBefore' | 'nextAfter' | 'looked' | 'total' | 'newer' | 'counts' | 'drop'
>;

/** Reads what the page shows. `top` (from the address of a refresh) keeps newer rows out and counts them. */
export async function loadRefs(request: Request, context: AppLoadContext, actor: Actor): Promise<RefsPage> {
  const { ctx, accounts, config } = context;
  const { searchParams } = new URL(request.url);
  const zone = readZone(request.headers.get('cookie'));
  const known = await accounts.all();
  const [list, views, open] = await Promise.all([
    readList(context, known, searchParams, zone),
    listViews(ctx, { page: 'refs', actor }),
    readOpen(context, searchParams.get('open')),
  ]);
  return {
    ...list,
    views,
    open,
    networks: known.map((account) => account.name),
    publicUrl: config.publicUrl,
    requestId: context.requestId,
  };
}

type Known = Awaited<ReturnType<AppLoadContext['accounts']['all']>>;

async function readList(
  context: AppLoadContext,
  known: Known,
  query: URLSearchParams,
  zone: string,
): Promise<ListPart> {
  const { ctx } = context;
  const filters = readFilters(query);
  const now = nowOf(ctx).getTime();
  const where = (of: RefFilters): Where => whereOf(of, known, now, zone);
  const own = where(filters);
  const place = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64) || undefined;
  const [before, after, top] = [place('before'), place('after'), place('top')];
  try {
    const [page, total, newer, ...counts] = await Promise.all([
      listCaptures(ctx, { ...own, before, after, top }),
      countCaptures(ctx, own),
      top === undefined ? NOTHING : countCaptures(ctx, { ...own, after: top }),
      ...VIEWS.map((view) => countCaptures(ctx, where(readFilters(new URLSearchParams(view.query))))),
    ]);
    const { nextBefore, nextAfter, looked, items } = page;
    const alone = items.length === 0 && before === undefined && after === undefined;
    const drop = alone ? await whatToDrop(context, filters, where) : null;
    const rows = await asRows(context, known, items);
    return { failed: false, rows, nextBefore, nextAfter, looked, total, newer, counts, drop };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // a page must not take a failed read for "no rows": it says so, with the id under which this is logged
    const stack = error instanceof Error ? error.stack : undefined;
    ctx.log.error(
      { requestId: context.requestId, error: messageOf(error), stack },
      'the list of refs could not be read',
    );
    return { ...UNREAD, counts: VIEWS.map(() => null) };
  }
}

const NOTHING: Count = { n: 0, capped: false };
const UNREAD = {
  failed: true,
  rows: [],
  nextBefore: null,
  nextAfter: null,
  looked: null,
  total: NOTHING,
  newer: NOTHING,
  drop: null,
};

function nameOf({ wiring }: AppLoadContext, known: Known, id: string): string {
  const account = known.find((one) => one.id === id);
  return account ? networkName(account.name, wiring.connectorOf(account).label) : id;
}

async function asRows(context: AppLoadContext, known: Known, items: CapturePage['items']): Promise<RefRow[]> {
  const reach = await listReach(context.ctx, items);
  return items.map((item) => ({
    ...item,
    account: known.find((one) => one.id === item.accountId)?.name ?? '',
    network: nameOf(context, known, item.accountId),
    reach: reach[codeKey(item.accountId, item.ref)] ?? null,
  }));
}

/** Filters that stand in the toolbar, by the fields that belong together. */
const DROPPABLE: readonly (readonly FilterName[])[] = [
  ['ref'],
  ['prefix'],
  ['promo'],
  ['promoPrefix'],
  ['visitor'],
  ['outcome'],
  ['source'],
  ['network', 'networkNot'],
  ['range', 'from', 'to'],
];

/** The filters without those named. */
const withoutFields = (filters: RefFilters, names: readonly FilterName[]): RefFilters => ({
  ...filters,
  ...Object.fromEntries(names.map((name) => [name, Array.isArray(filters[name]) ? [] : ''])),
});

/** Of several filters that together leave nothing, the one whose loss brings most rows back. */
async function whatToDrop(
  { ctx }: AppLoadContext,
  filters: RefFilters,
  where: (of: RefFilters) => Where,
): Promise<RefsPage['drop']> {
  const active = DROPPABLE.filter((names) => names.some((name) => filters[name].length > 0));
  const counted = await Promise.all(
    active.map(async (names) => ({
      name: names[0] as FilterName,
      count: await countCaptures(ctx, where(withoutFields(filters, names))),
    })),
  );
  return counted.sort((a, b) => b.count.n - a.count.n)[0] ?? null;
}

/** The open row; a pasted link to one that is gone shows the list. */
async function readOpen(context: AppLoadContext, id: string | null): Promise<OpenRef | null> {
  if (id === null || id.includes('\0')) return null;
  const { ctx, accounts, wiring } = context;
  const refFieldOf = async (accountId: string): Promise<string | null> =>
    wiring.connectorOf(await accounts.byId(accountId)).captureParameters.find((one) => one.kind === 'ref')
      ?.query ?? null;
  try {
    const { capture, trace } = await getCapture(ctx, refFieldOf, id);
    return {
      trace,
      capture: { ...capture, network: nameOf(context, await accounts.all(), capture.accountId) },
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** How many refs a query shows, counted to 1,000: for the tabs of saved views. */
export async function countRefs(
  context: AppLoadContext,
  query: URLSearchParams,
  zone: string,
): Promise<Count> {
  const known = await context.accounts.all();
  return countCaptures(context.ctx, whereOf(readFilters(query), known, nowOf(context.ctx).getTime(), zone));
}
