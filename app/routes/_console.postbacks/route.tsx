import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useLocation, useNavigate, useNavigation } from '@remix-run/react';
import { useMemo } from 'react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { Workspace } from '#app/ui/workspace.tsx';
import { canBeRetried, postbackColumns } from './columns.tsx';
import { type ListState, listHref, readState, VIEWS, viewHref, viewOf, writeState } from './filters.ts';
import { ListEmpty, ListFailed } from './list-empty.tsx';
import { ColumnsMenu, ListFilters } from './list-filters.tsx';
import { type ListPageData, readListPage } from './page-data.server.ts';
import { MissingDrawer, PostbackDrawer, type Walk } from './postback-drawer.tsx';
import { usePinnedList } from './use-pinned-list.ts';
import { usePostbackActions } from './use-postback-actions.tsx';

export const meta = () => [{ title: 'Postbacks · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return readListPage(request, context, actor);
}

const CAP = 1000;
const counted = (n: number): string => formatCount(Math.min(n, CAP), n > CAP);
const rowId = (item: PostbackItem): string => item.id;
const rowHref = (item: PostbackItem): string => `/postbacks/${item.id}`;

/** All postbacks, narrowed by what the URL says, the open one beside them. */
export default function Postbacks() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = readState(new URLSearchParams(search));
  const scope = writeState({ ...state, open: null, hide: [] }).toString();
  const pins = state.order === 'newest' && state.after === null && state.before === null;
  const list = usePinnedList(useLoaderData<typeof loader>(), listHref(state, {}), scope, pins);
  const { data } = list;
  const doable = usePostbackActions(list.refresh);
  const actions = data.mayRetry ? doable : null;
  const open = (id: string | null) =>
    navigate(listHref(state, { open: id }), {
      preventScrollReset: true,
      replace: state.open !== null && id !== null,
    });
  const drawerOpen = state.open !== null;
  const columns = useMemo(
    () => postbackColumns(data.mayRetry ? doable.retry : null, drawerOpen),
    [data.mayRetry, doable.retry, drawerOpen],
  );
  const rows = data.page.items;
  const retryRows = (items: PostbackItem[]) =>
    items.filter(canBeRetried).forEach((item) => void actions?.retry(item));
  return (
    <Workspace drawer={<OpenRow data={data} state={state} open={open} actions={actions} />}>
      <PageHead title="Postbacks" sub={subOf(data)} actions={<ColumnsMenu state={state} />} />
      <Tabs
        label="Views"
        current={viewOf(state)}
        items={shownViews(data, state).map(([view, i]) => ({
          key: view.key,
          to: viewHref(state, view),
          label: view.label,
          count: countText(data.counts[i]),
        }))}
      />
      <ListFilters state={state} networks={data.networks} />
      <DataTable
        label="Postbacks"
        columns={columns}
        rows={rows}
        rowId={rowId}
        rowHref={rowHref}
        onOpen={open}
        openId={state.open}
        hiddenColumns={state.hide}
        sort={{ id: 'when', dir: state.order === 'newest' ? 'desc' : 'asc' }}
        sortHref={(_id, dir) => listHref(state, { order: dir === 'asc' ? 'oldest' : 'newest', open: null })}
        rowKeys={actions ? [{ key: 'e', label: 'retry', run: retryRows, hint: true }] : []}
        status={useListStatus(data, scope)}
        empty={<ListEmpty state={state} drop={data.drop} />}
        error={<ListFailed requestId={data.requestId} />}
        newRows={{ count: list.newCount, onShow: list.showNew }}
        footer={footerOf(data, state)}
        total={data.total > CAP ? null : data.total}
        minWidth={980}
      />
      {doable.dialog}
    </Workspace>
  );
}

function OpenRow({
  data,
  state,
  open,
  actions,
}: {
  data: ListPageData;
  state: ListState;
  open: (id: string | null) => void;
  actions: ReturnType<typeof usePostbackActions> | null;
}) {
  if (!state.open || !data.detail) return null;
  const { postback, problem } = data.detail;
  const rows = data.page.items;
  const at = rows.findIndex((item) => item.id === state.open);
  const step = (i: number) => {
    const row = rows[i];
    return at >= 0 && row ? () => open(row.id) : null;
  };
  const first = state.after === null && state.before === null;
  const walk: Walk = {
    ...(at < 0 ? {} : { position: first ? `${at + 1} of ${counted(data.total)}` : `${at + 1} of this page` }),
    onPrev: step(at - 1),
    onNext: step(at + 1),
    onClose: () => open(null),
  };
  if (postback) return <PostbackDrawer postback={postback} actions={actions} walk={walk} />;
  return <MissingDrawer problem={problem ?? 'There is no such postback.'} walk={walk} />;
}

/** Loading only where other rows are on their way; opening a row is no reason to dim the list. */
function useListStatus(data: ListPageData, scope: string): 'ready' | 'loading' | 'error' {
  const { state, location } = useNavigation();
  if (state === 'loading' && location.pathname === '/postbacks') {
    const next = readState(new URLSearchParams(location.search));
    if (writeState({ ...next, open: null, hide: [] }).toString() !== scope) return 'loading';
  }
  return data.failed ? 'error' : 'ready';
}

/** Hardly anything is ever parked: its tab comes with the first one. */
const shownViews = (data: ListPageData, state: ListState) =>
  VIEWS.map((view, i) => [view, i] as const).filter(
    ([view, i]) => view.key !== 'parked' || viewOf(state) === 'parked' || data.counts[i] !== 0,
  );

function subOf(data: ListPageData): string {
  const need = data.counts[VIEWS.findIndex((view) => view.key === 'attention')];
  if (need === null || need === undefined) return '';
  return need === 0 ? 'none needs a person' : `${counted(need)} ${need === 1 ? 'needs' : 'need'} a person`;
}

const countText = (n: number | null | undefined): string | null =>
  n === null || n === undefined ? null : counted(n);

function footerOf(
  data: ListPageData,
  state: ListState,
): { text: string; prevHref: string | null; nextHref: string | null } {
  const { items, nextAfter, prevBefore } = data.page;
  const first = state.after === null && state.before === null;
  const span =
    items.length === 0
      ? 'No rows'
      : first
        ? `1–${items.length} of ${counted(data.total)}`
        : `${items.length} of ${counted(data.total)}`;
  return {
    text: span,
    prevHref: prevBefore ? listHref(state, { before: prevBefore, after: null, open: null }) : null,
    nextHref: nextAfter ? listHref(state, { after: nextAfter, before: null, open: null }) : null,
  };
}
