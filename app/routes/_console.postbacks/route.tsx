import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useLocation, useNavigate, useNavigation } from '@remix-run/react';
import { useMemo } from 'react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { ColumnsMenu } from '#app/ui/columns-menu.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { RowKey } from '#app/ui/data-table-types.ts';
import { ExportLink } from '#app/ui/export-link.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { UnreadFilters } from '#app/ui/unread-filters.tsx';
import { usePinnedRows } from '#app/ui/use-pinned-rows.ts';
import { useSelection } from '#app/ui/use-selection.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { useBulk } from './bulk.tsx';
import { cellFilters } from './cell-filters.ts';
import { canBeRetried, columnChoice, hiddenColumns, postbackColumns } from './columns.tsx';
import { filterText, type ListState, listHref, problemsOf, readState, writeState } from './filters.ts';
import { ListEmpty, ListFailed } from './list-empty.tsx';
import { ListFilters } from './list-filters.tsx';
import { attentionWords, counted, footerOf } from './list-words.ts';
import { type ListPageData, readListPage } from './page-data.server.ts';
import { MissingDrawer, PostbackDrawer, type Walk } from './postback-drawer.tsx';
import { usePostbackActions } from './use-postback-actions.tsx';
import { ViewTabs } from './view-tabs.tsx';

export const meta = () => [{ title: 'Postbacks · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs): Promise<ListPageData> {
  const { actor } = await requireUser(request, context);
  return readListPage(request, context, actor);
}

const rowId = (item: PostbackItem): string => item.id;
const rowHref = (item: PostbackItem): string => `/postbacks/${item.id}`;
const TOPICS = ['postbacks', 'conversions', 'outbox', 'leads', 'breakers'] as const;
const SHAPE = {
  idsOf: (data: ListPageData) => data.page.items.map(rowId),
  upTo: (data: ListPageData, top: string) => ({
    ...data,
    page: { ...data.page, items: data.page.items.filter((item) => item.id <= top) },
  }),
  newerOf: (data: ListPageData) => data.newer,
};

/** All postbacks, narrowed by what the URL says, the open one beside them. */
export default function Postbacks() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = useMemo(() => readState(new URLSearchParams(search)), [search]);
  const scope = scopeOf(state);
  const pins = state.order === 'newest' && state.after === null && state.before === null;
  const loaded = useLoaderData<typeof loader>();
  const address = listHref(state, {});
  const list = usePinnedRows<ListPageData>({ loaded, address, scope, pins, topics: TOPICS, shape: SHAPE });
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
    () =>
      postbackColumns(data.mayRetry ? doable.retry : null, drawerOpen, (column, item) =>
        cellFilters(state, column, item),
      ),
    [data.mayRetry, doable.retry, drawerOpen, state],
  );
  const rows = data.page.items;
  const selection = useSelection(filterText(state.filter));
  const bulk = useBulk({
    state,
    selection,
    matching: data.total.more ? null : counted(data.total),
    offerAll: data.total.more || data.total.n > rows.length,
    onEnd: list.refresh,
  });
  const retryRows = (items: PostbackItem[]) => {
    if (!selection.isEmpty && data.mayTriage) bulk.ask('retry', items);
    else items.filter(canBeRetried).forEach((item) => void actions?.retry(item));
  };
  const rowKeys: RowKey<PostbackItem>[] = [
    ...(actions ? [{ key: 'e', label: 'retry', run: retryRows, hint: true }] : []),
    ...(data.mayTriage
      ? [{ key: 'a', label: 'acknowledge', run: (items: PostbackItem[]) => bulk.ask('acknowledge', items) }]
      : []),
  ];
  const hidden = hiddenColumns(state);
  return (
    <Workspace drawer={<OpenRow data={data} state={state} open={open} actions={actions} />}>
      <PageHead
        title="Postbacks"
        sub={attentionWords(data)}
        actions={
          <>
            <ExportLink table="postbacks" query={filterText(state.filter)} />
            <ColumnsMenu
              columns={columns}
              hidden={hidden}
              onChange={(chosen) =>
                navigate(listHref(state, columnChoice(chosen)), { preventScrollReset: true, replace: true })
              }
            />
          </>
        }
      />
      <ViewTabs state={state} data={data} />
      <ListFilters state={state} networks={data.networks} names={data.names} />
      <UnreadFilters problems={problemsOf(new URLSearchParams(search))} />
      {bulk.banner}
      <DataTable
        label="Postbacks"
        columns={columns}
        rows={rows}
        rowId={rowId}
        rowHref={rowHref}
        onOpen={open}
        openId={state.open}
        hiddenColumns={hidden}
        sort={{ id: 'when', dir: state.order === 'newest' ? 'desc' : 'asc' }}
        sortHref={(_id, dir) => listHref(state, { order: dir === 'asc' ? 'oldest' : 'newest', open: null })}
        {...(data.mayTriage ? { selection, selectionBar: bulk.bar } : {})}
        rowKeys={rowKeys}
        status={useListStatus(data, scope)}
        empty={<ListEmpty state={state} data={data} />}
        error={<ListFailed requestId={data.requestId} />}
        newRows={{ count: list.newCount, onShow: list.showNew }}
        footer={footerOf(data, state)}
        total={data.total.more ? null : data.total.n}
        minWidth={1020}
      />
      {doable.dialog}
      {bulk.dialog}
    </Workspace>
  );
}

/** The list's address without what does not change its rows. */
const scopeOf = (state: ListState): string =>
  writeState({ ...state, open: null, hide: [], show: [] }).toString();

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
  const { postback, held, problem } = data.detail;
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
  if (postback) return <PostbackDrawer postback={postback} held={held} actions={actions} walk={walk} />;
  return <MissingDrawer problem={problem ?? 'There is no such postback.'} walk={walk} />;
}

/** Loading only where other rows are on their way; opening a row is no reason to dim the list. */
function useListStatus(data: ListPageData, scope: string): 'ready' | 'loading' | 'error' {
  const { state, location } = useNavigation();
  if (state === 'loading' && location.pathname === '/postbacks') {
    if (scopeOf(readState(new URLSearchParams(location.search))) !== scope) return 'loading';
  }
  return data.failed ? 'error' : 'ready';
}
