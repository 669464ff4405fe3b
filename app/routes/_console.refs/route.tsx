import type { LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate, useRevalidator, useSearchParams } from '@remix-run/react';
import {
  codeKey,
  countCaptures,
  getCapture,
  listCaptures,
  listReach,
} from '#app/modules/capture/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { REF_COLUMNS } from './columns.tsx';
import { NoMatch, NoRefs } from './empty.tsx';
import { pairsOf, RANGES, readFilters, refsHref } from './filters.ts';
import { RefDrawer } from './ref-drawer.tsx';
import { RefsToolbar } from './toolbar.tsx';

export const meta = () => [{ title: 'Refs · Leadline' }];

/** Captured refs, newest first. With `count=newer` only how many came since the row named by `after`. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const { ctx, accounts, wiring } = context;
  const { searchParams } = new URL(request.url);
  const known = await accounts.all();
  const filters = readFilters(searchParams);
  const account = known.find((one) => one.name === filters.network);
  if (!account) filters.network = '';
  const range = RANGES[filters.range];
  const where = {
    ref: filters.ref || undefined,
    prefix: filters.prefix || undefined,
    outcome: filters.outcome || undefined,
    source: filters.source || undefined,
    accountId: account?.id,
    from: range && new Date(ctx.clock.now() - range.ms).toISOString(),
  };
  const before = searchParams.get('before') ?? undefined;
  const after = searchParams.get('after') ?? undefined;
  const nameOf = (id: string): string => {
    const account = known.find((one) => one.id === id);
    return account ? networkName(account.name, wiring.connectorOf(account).label) : id;
  };
  const refFieldOf = async (id: string): Promise<string | null> =>
    wiring.connectorOf(await accounts.byId(id)).captureParameters.find((one) => one.kind === 'ref')?.query ??
    null;
  const openId = searchParams.get('open');
  const [page, total, newer, open] = await Promise.all([
    listCaptures(ctx, { ...where, before, after }),
    countCaptures(ctx, where),
    searchParams.get('count') === 'newer' && after ? countCaptures(ctx, { ...where, after }) : null,
    openId === null ? null : getCapture(ctx, refFieldOf, openId).catch(absent),
  ]);
  const reach = await listReach(ctx, page.items);
  return {
    filters,
    networks: known.map((one) => one.name),
    rows: page.items.map((item) => ({
      ...item,
      network: nameOf(item.accountId),
      reach: reach[codeKey(item.accountId, item.ref)] ?? null,
    })),
    nextBefore: page.nextBefore,
    nextAfter: page.nextAfter,
    first: before === undefined && after === undefined,
    total,
    newer,
    open: open && {
      trace: open.trace,
      capture: { ...open.capture, network: nameOf(open.capture.accountId) },
    },
    publicUrl: context.config.publicUrl,
  };
}

/** A pasted link to a row that is gone shows the list. */
function absent(error: unknown): null {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
  throw error;
}

export default function Refs() {
  const page = useLoaderData<typeof loader>();
  const { filters, rows, nextBefore, nextAfter, total, open } = page;
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const pairs = pairsOf(filters);
  const cursor: Record<string, string> = {};
  for (const name of ['before', 'after']) if (params.get(name)) cursor[name] = params.get(name) ?? '';
  const show = (id: string | null) =>
    navigate(refsHref(pairs, { ...cursor, ...(id === null ? {} : { open: id }) }), {
      preventScrollReset: true,
      replace: open !== null && id !== null,
    });
  const newer = useNewer(rows[0]?.id ?? null, page.first, refsHref(pairs));
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
      <PageHead title="Refs" sub={`${formatCount(total.n, total.capped)} captured`} />
      <RefsToolbar
        filters={filters}
        networks={page.networks}
        onRange={(range) =>
          navigate(refsHref([...pairsOf(filters, 'range'), ...(range ? [['range', range] as const] : [])]))
        }
      />
      <DataTable
        label="Captured refs"
        columns={REF_COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => refsHref(pairs, { ...cursor, open: row.id })}
        onOpen={show}
        openId={open?.capture.id ?? null}
        minWidth={1120}
        newRows={newer > 0 ? { count: newer, onShow: () => navigate(refsHref(pairs)) } : null}
        empty={
          pairs.length > 0 ? (
            <NoMatch names={pairs.map(([name]) => name)} />
          ) : (
            <NoRefs
              publicUrl={page.publicUrl}
              how={params.get('how') === 'browser' ? 'browser' : 'server'}
              hrefOf={(how) => refsHref(pairs, { how })}
            />
          )
        }
        footer={{
          text:
            rows.length === 0
              ? 'No refs'
              : `${page.first ? '1–' : ''}${rows.length} of ${formatCount(total.n, total.capped)}`,
          prevHref: nextAfter === null ? null : refsHref(pairs, { after: nextAfter }),
          nextHref: nextBefore === null ? null : refsHref(pairs, { before: nextBefore }),
        }}
        total={total.capped ? null : total.n}
      />
    </Workspace>
  );
}

/** How many came since the newest row in view. Rows that arrive are announced, never pushed under the pointer. */
function useNewer(newest: string | null, first: boolean, href: string): number {
  const fetcher = useFetcher<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(
    ['captures'],
    () => {
      if (!first) return;
      // an empty page has nothing under the pointer that could move
      if (newest === null) revalidate();
      else fetcher.load(`${href}${href.includes('?') ? '&' : '?'}count=newer&after=${newest}`);
    },
    2_000,
  );
  const counted = fetcher.data?.newer;
  // a count that was asked for another first row says nothing about this one
  return counted && fetcher.data?.rows.every((row) => newest === null || row.id > newest) ? counted.n : 0;
}
