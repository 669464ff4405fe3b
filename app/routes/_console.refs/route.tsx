import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useLocation, useNavigate, useNavigation } from '@remix-run/react';
import { useMemo } from 'react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { currentView, SavedViews } from '#app/ui/saved-views.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { usePinnedRows } from '#app/ui/use-pinned-rows.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { refColumns } from './columns.tsx';
import { LookFurther, NoMatch, NoRefs, RefsFailed } from './empty.tsx';
import {
  cleanQuery,
  isNarrowed,
  pairsOf,
  type RefFilters,
  readFilters,
  refsHref,
  VIEWS,
  viewOf,
} from './filters.ts';
import { type Count, loadRefs, type RefsPage } from './load-refs.server.ts';
import { RefDrawer } from './ref-drawer.tsx';
import { RefsToolbar, RefsTools } from './toolbar.tsx';

export const meta = () => [{ title: 'Refs · Leadline' }];

/** Captured refs, newest first. With `top=<id>` without those that are newer, which are counted. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<RefsPage> {
  const { actor } = await requireUser(request, context);
  return loadRefs(request, context, actor);
}

const TOPICS = ['captures', 'conversions', 'postbacks'] as const;
const SHAPE = {
  idsOf: (data: RefsPage) => data.rows.map((row) => row.id),
  upTo: (data: RefsPage, top: string) => ({ ...data, rows: data.rows.filter((row) => row.id <= top) }),
  newerOf: (data: RefsPage) => data.newer.n,
};
const counted = (count: Count | null | undefined): string | null =>
  count ? formatCount(count.n, count.capped) : null;

/** All captured refs, narrowed by what the URL says, the open one beside them. */
export default function Refs() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const params = new URLSearchParams(search);
  const filters = useMemo(() => readFilters(new URLSearchParams(search)), [search]);
  const pairs = pairsOf(filters);
  const cursor = cursorOf(params);
  const openId = params.get('open');
  const scope = refsHref(pairsOf(filters, 'hide'), cursor);
  const list = usePinnedRows<RefsPage>({
    loaded: useLoaderData<typeof loader>(),
    address: refsHref(pairs, { ...cursor, ...(openId === null ? {} : { open: openId }) }),
    scope,
    pins: Object.keys(cursor).length === 0,
    topics: TOPICS,
    shape: SHAPE,
  });
  const { data } = list;
  const { rows, open } = data;
  const columns = useMemo(() => refColumns(filters), [filters]);
  const show = (id: string | null) =>
    navigate(refsHref(pairs, { ...cursor, ...(id === null ? {} : { open: id }) }), {
      preventScrollReset: true,
      replace: openId !== null && id !== null,
    });
  const footer = footerOf(data, pairs, Object.keys(cursor).length === 0);
  const at = rows.findIndex((row) => row.id === open?.capture.id);
  const walk = (to: number) => {
    const row = at < 0 ? undefined : rows[to];
    return row ? () => show(row.id) : null;
  };
  return (
    <Workspace
      drawer={
        open && (
          <RefDrawer
            key={open.capture.id}
            open={open}
            onClose={() => show(null)}
            onPrev={walk(at - 1)}
            onNext={walk(at + 1)}
          />
        )
      }
    >
      <PageHead
        title="Refs"
        sub={data.failed ? '' : `${counted(data.total)} captured`}
        actions={<RefsTools filters={filters} />}
      />
      <RefsTabs data={data} filters={filters} here={cleanQuery(params)} />
      <RefsToolbar filters={filters} networks={data.networks} />
      <DataTable
        label="Captured refs"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => refsHref(pairs, { ...cursor, open: row.id })}
        onOpen={show}
        openId={open?.capture.id ?? null}
        hiddenColumns={filters.hide}
        status={useListStatus(data, scope)}
        minWidth={1160}
        newRows={{ count: list.newCount, onShow: list.showNew }}
        empty={
          data.looked !== null ? (
            <LookFurther looked={data.looked} nextHref={footer.nextHref} />
          ) : isNarrowed(filters) ? (
            <NoMatch filters={filters} drop={data.drop} />
          ) : (
            <NoRefs
              publicUrl={data.publicUrl}
              how={params.get('how') === 'browser' ? 'browser' : 'server'}
              hrefOf={(how) => refsHref(pairs, { how })}
            />
          )
        }
        error={<RefsFailed requestId={data.requestId} />}
        footer={footer}
        total={data.total.capped ? null : data.total.n}
      />
    </Workspace>
  );
}

function RefsTabs({ data, filters, here }: { data: RefsPage; filters: RefFilters; here: string }) {
  const hidden = filters.hide.map((id): [string, string] => ['hide', id]);
  const hrefOf = (query: string) => refsHref([...new URLSearchParams(query), ...hidden]);
  return (
    <Tabs
      label="Views"
      current={currentView(data.views, here) ? '' : viewOf(filters)}
      items={VIEWS.map((view, i) => ({
        key: view.key,
        to: hrefOf(view.query),
        label: view.label,
        count: counted(data.counts[i]),
      }))}
      end={
        <SavedViews
          page="refs"
          path="/refs"
          views={data.views}
          current={here}
          builtIn={VIEWS.map((view) => view.query)}
          topics={TOPICS}
        />
      }
    />
  );
}

/** Where in the list the address is. */
function cursorOf(params: URLSearchParams): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of ['before', 'after']) {
    const value = params.get(name);
    if (value) out[name] = value;
  }
  return out;
}

/** Loading only where other rows are on their way; opening a row is no reason to dim the list. */
function useListStatus(data: RefsPage, scope: string): 'ready' | 'loading' | 'error' {
  const { state, location } = useNavigation();
  if (state === 'loading' && location.pathname === '/refs') {
    const params = new URLSearchParams(location.search);
    if (refsHref(pairsOf(readFilters(params), 'hide'), cursorOf(params)) !== scope) return 'loading';
  }
  return data.failed ? 'error' : 'ready';
}

function footerOf(data: RefsPage, pairs: [string, string][], first: boolean) {
  const { rows, total, looked, nextAfter, nextBefore } = data;
  const many = `${rows.length} of ${counted(total)}`;
  const span = rows.length === 0 ? 'No refs' : first ? `1–${many}` : many;
  return {
    text:
      looked === null
        ? span
        : `${span}; looked through ${formatCount(looked)} rows, the next page looks further`,
    prevHref: nextAfter === null ? null : refsHref(pairs, { after: nextAfter }),
    nextHref: nextBefore === null ? null : refsHref(pairs, { before: nextBefore }),
  };
}
