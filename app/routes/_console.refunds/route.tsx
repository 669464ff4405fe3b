import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import type { RefundDetail } from '#app/modules/disputes/index.server.ts';
import { LINKABLE } from '#app/modules/disputes/schema.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { Button } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { sumWords } from '../_console.leads/lead-words.ts';
import { useStableRows } from '../_console.leads/use-stable-rows.ts';
import { refundColumns } from './columns.tsx';
import { DISPOSITION_LOOKS } from './disposition.ts';
import { emptyRefunds } from './empty-refunds.tsx';
import { parseRefundsUrl, type View } from './filters.ts';
import { capped, footText, groupLine, tabCount } from './inbox-words.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { loadInbox } from './load-inbox.server.ts';
import { RefundDrawer } from './refund-drawer.tsx';
import { RefundFilters } from './refund-filters.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { useDecide } from './use-decide.tsx';

export const meta = () => [{ title: 'Refunds · Leadline' }];

/** The inbox, or one page of settled refunds, and the open row. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const denied = can(actor.role, 'dispute_lead')
    ? null
    : `Deciding about refunds needs another role than yours (${actor.role}). Ask an owner.`;
  const url = parseRefundsUrl(new URL(request.url).searchParams);
  return { ...(await loadInbox(context.ctx, url)), denied };
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
  const [query] = useSearchParams();
  const url = parseRefundsUrl(query);
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const loading = useNavigation().state === 'loading';
  const [reporting, setReporting] = useState(false);
  const [linking, setLinking] = useState<RefundItem | null>(null);
  const { decide, busy, decided } = useDecide(data.denied);
  const placed = new URLSearchParams(query);
  placed.delete('open');
  const view = useStableRows({
    rows: data.items,
    idOf: (refund) => refund.id,
    groupOf: (refund) => refund.disposition,
    scope: placed.toString(),
    kept: decided,
  });
  useLive(['refunds', 'leads'], revalidate);

  const { denied } = data;
  const link = useCallback(
    (refund: RefundItem) =>
      denied === null
        ? setLinking(refund)
        : void notify({ meaning: 'neutral', title: 'Not allowed for you', detail: denied }),
    [denied],
  );
  const actions = useMemo(
    () => ({ denied, decide, link, isBusy: (refund: RefundItem) => busy.has(refund.id) }),
    [denied, decide, link, busy],
  );
  const columns = useMemo(() => refundColumns(actions), [actions]);
  const goTo = (changes: Record<string, string | null>) =>
    navigate(hrefWith(query, changes), { preventScrollReset: true });
  const sub =
    data.review.count === 0
      ? 'nothing to review'
      : `${capped(data.review.count)} to review${data.review.sums.length > 0 ? `, ${sumWords(data.review.sums)}` : ''}`;
  return (
    <>
      <Workspace
        drawer={data.open && <OpenRefund rows={view.rows} open={data.open} actions={actions} goTo={goTo} />}
      >
        <PageHead
          title="Refunds"
          sub={sub}
          actions={
            <Button
              small
              icon={Plus}
              aria-disabled={denied !== null}
              title={denied ?? undefined}
              onClick={() =>
                denied === null
                  ? setReporting(true)
                  : void notify({ meaning: 'neutral', title: 'Not allowed for you', detail: denied })
              }
            >
              Report a refund
            </Button>
          }
        />
        <Tabs
          label="Views of refunds"
          current={url.view}
          items={TABS.map(([key, label]) => ({
            key,
            label,
            to: `?view=${key}`,
            count: key === 'all' ? null : tabCount(data.counts, key),
          }))}
        />
        <RefundFilters url={url} query={query} />
        <DataTable<RefundItem>
          label="Refunds"
          columns={columns}
          rows={view.rows}
          newRows={{ count: view.added, onShow: view.showAll }}
          rowId={(refund) => refund.id}
          rowHref={(refund) => hrefWith(query, { open: refund.id })}
          onOpen={(open) => goTo({ open })}
          openId={url.open}
          {...(data.grouped
            ? {
                groupBy: (refund: RefundItem) => view.groupOf(refund),
                groupLine: (key: string) => groupLine(data, key, query),
              }
            : {})}
          rowKeys={[
            {
              key: 'e',
              label: 'dispute',
              hint: true,
              run: ([refund]) => refund && decide(refund, 'dispute'),
            },
            {
              key: 'p',
              label: 'let pass',
              hint: true,
              run: ([refund]) => refund && decide(refund, 'let_pass'),
            },
            {
              key: 'l',
              label: 'choose its order or lead',
              run: ([refund]) => refund && LINKABLE.includes(refund.disposition) && link(refund),
            },
          ]}
          status={loading ? 'loading' : 'ready'}
          empty={emptyRefunds(url)}
          minWidth={1068}
          footer={{
            text: footText(data),
            ...(data.grouped
              ? {}
              : {
                  prevHref: data.prevBefore && hrefWith(query, { before: data.prevBefore, open: null }),
                  nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter, open: null }),
                }),
          }}
        />
      </Workspace>
      {reporting && (
        <ReportDialog
          onClose={() => setReporting(false)}
          onReported={({ id, disposition, repeat }) => {
            setReporting(false);
            notify({
              meaning: 'good',
              title: repeat ? 'This refund was known already' : 'Refund taken in',
              detail: `${DISPOSITION_LOOKS[disposition]?.label ?? disposition}.`,
            });
            goTo({ open: id });
          }}
        />
      )}
      {linking && (
        <LinkDialog
          refund={linking}
          onClose={() => setLinking(null)}
          onLinked={(disposition) => {
            setLinking(null);
            notify({
              meaning: 'good',
              title: `${linking.refundId} is tied to its order`,
              detail: `${DISPOSITION_LOOKS[disposition]?.label ?? disposition}.`,
            });
            revalidate();
          }}
        />
      )}
    </>
  );
}

function OpenRefund({
  rows,
  open,
  actions,
  goTo,
}: {
  rows: RefundItem[];
  open: RefundDetail;
  actions: Parameters<typeof refundColumns>[0];
  goTo: (changes: Record<string, string | null>) => void;
}) {
  const at = rows.findIndex((refund) => refund.id === open.id);
  const step = (to: number) => {
    const id = at < 0 ? undefined : rows[to]?.id;
    return id === undefined ? null : () => goTo({ open: id });
  };
  return (
    <RefundDrawer
      key={open.id}
      refund={open}
      actions={actions}
      {...(at < 0 ? {} : { position: `${at + 1} of ${rows.length}` })}
      onPrev={step(at - 1)}
      onNext={step(at + 1)}
      onClose={() => goTo({ open: null })}
    />
  );
}
