import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { ListChecks, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { COUNT_CAP, type RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { LINKABLE } from '#app/modules/disputes/schema.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { RowKey } from '#app/ui/data-table-types.ts';
import { PageHead } from '#app/ui/page-head.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { useSelection } from '#app/ui/use-selection.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { useBulkDispute } from '../_console.batches/use-bulk-dispute.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { useStableRows } from '../_console.leads/use-stable-rows.ts';
import { ViewTabs } from '../_console.leads/view-tabs.tsx';
import { refundColumns } from './columns.tsx';
import { emptyRefunds } from './empty-refunds.tsx';
import { BUILT_IN, cleanQuery, parseRefundsUrl, type View } from './filters.ts';
import { capped, footText, groupLine, reviewWords, tabCount } from './inbox-words.tsx';
import { loadInbox } from './load-inbox.server.ts';
import { OpenRefund } from './open-refund.tsx';
import type { RefundActions } from './refund-act.tsx';
import { RefundFilters } from './refund-filters.tsx';
import { useDecide } from './use-decide.tsx';
import { useRefundDialogs } from './use-refund-dialogs.tsx';

export const meta = () => [{ title: 'Refunds · Leadline' }];

/** The inbox, or one page of settled refunds, and the open row. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const denied = can(actor.role, 'dispute_lead')
    ? null
    : `Deciding about refunds needs another role than yours (${actor.role}). Ask an owner.`;
  const url = parseRefundsUrl(new URL(request.url).searchParams);
  return { ...(await loadInbox(context.ctx, actor, url)), denied };
}

const TABS: [View, string][] = [
  ['open', 'Open'],
  ['review', 'To review'],
  ['disputed', 'Disputed'],
  ['too_late', 'Too late'],
  ['canceled', 'Canceled before sending'],
  ['ignored', 'Ignored'],
  ['all', 'All'],
];

/** The inbox of refunds: each says what happens to it and why; what waits for a person is decided in its row. */
export default function Refunds() {
  const data = useLoaderData<typeof loader>();
  const { denied } = data;
  const [query] = useSearchParams();
  const url = parseRefundsUrl(query);
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const loading = useNavigation().state === 'loading';
  const { decide, busy, decided } = useDecide(denied);
  const placed = new URLSearchParams(query);
  placed.delete('open');
  const here = cleanQuery(query);
  const view = useStableRows({
    rows: data.items,
    idOf,
    groupOf: (refund) => refund.disposition,
    scope: placed.toString(),
    kept: decided,
  });
  useLive(['refunds', 'leads'], revalidate);
  const goTo = (changes: Record<string, string | null>) =>
    navigate(hrefWith(query, changes), { preventScrollReset: true });
  const { report, link, dialogs } = useRefundDialogs({
    denied,
    refresh: revalidate,
    open: (id) => goTo({ open: id }),
  });
  const actions = useMemo(
    (): RefundActions => ({ denied, decide, link, isBusy: (refund) => busy.has(refund.id) }),
    [denied, decide, link, busy],
  );
  const columns = useMemo(() => refundColumns(actions), [actions]);
  const selection = useSelection(here);
  const total = data.total >= COUNT_CAP ? null : data.total;
  const bulk = useBulkDispute({
    of: 'refunds',
    query: here,
    selection,
    matching: total === null ? null : capped(total),
    offerAll: total === null || total > data.items.length,
    refresh: revalidate,
  });
  const rowKeys: RowKey<RefundItem>[] = [
    {
      key: 'e',
      label: 'dispute',
      hint: true,
      run: ([refund]) => (selection.isEmpty ? refund && decide(refund, 'dispute') : bulk.ask()),
    },
    { key: 'p', label: 'let pass', hint: true, run: ([refund]) => refund && decide(refund, 'let_pass') },
    {
      key: 'l',
      label: 'choose its order or lead',
      run: ([refund]) => refund && LINKABLE.includes(refund.disposition) && link(refund),
    },
  ];
  return (
    <>
      <Workspace
        drawer={data.open && <OpenRefund rows={view.rows} open={data.open} actions={actions} goTo={goTo} />}
      >
        <PageHead
          title="Refunds"
          sub={reviewWords(data.review)}
          actions={
            <>
              <ButtonLink small variant="quiet" icon={ListChecks} to="/batches" className="hide-s">
                Disputes in bulk
              </ButtonLink>
              <Button
                small
                icon={Plus}
                aria-disabled={denied !== null}
                title={denied ?? undefined}
                onClick={report}
              >
                Report a refund
              </Button>
            </>
          }
        />
        <ViewTabs
          page="refunds"
          current={url.view}
          items={TABS.map(([key, label]) => ({
            key,
            label,
            to: `?view=${key}`,
            count: key === 'all' ? null : tabCount(data.counts, key),
          }))}
          views={data.views}
          here={here}
          builtIn={BUILT_IN}
        />
        <RefundFilters url={url} query={query} />
        {bulk.banner}
        <DataTable<RefundItem>
          label="Refunds"
          columns={columns}
          rows={view.rows}
          newRows={{ count: view.added, onShow: view.showAll }}
          rowId={idOf}
          rowHref={(refund) => hrefWith(query, { open: refund.id })}
          onOpen={(open) => goTo({ open })}
          openId={url.open}
          {...(data.grouped
            ? { groupBy: view.groupOf, groupLine: (key: string) => groupLine(data, key, query) }
            : {})}
          {...(denied === null ? { selection, selectionBar: bulk.bar } : {})}
          rowKeys={rowKeys}
          status={loading ? 'loading' : 'ready'}
          empty={emptyRefunds(url)}
          minWidth={1068}
          total={total}
          footer={{
            text: footText(data),
            ...(data.paged
              ? {
                  prevHref: data.prevBefore && hrefWith(query, { before: data.prevBefore, open: null }),
                  nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter, open: null }),
                }
              : {}),
          }}
        />
      </Workspace>
      {dialogs}
      {bulk.dialog}
    </>
  );
}

const idOf = (refund: RefundItem): string => refund.id;
