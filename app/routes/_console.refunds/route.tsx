import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { countRefunds, getRefund, listByDeadline, listRefunds, refundTotal } from '#app/modules/disputes/index.server.ts';
import { COUNT_CAP, OPEN_DISPOSITIONS, type RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { sumWords } from '../_console.leads/lead-words.ts';
import { refundColumns } from './columns.tsx';
import { DISPOSITION_LOOKS, GROUP_NOTES } from './disposition.ts';
import { emptyRefunds } from './empty-refunds.tsx';
import { dispositionsOf, filterOf, parseRefundsUrl, type View } from './filters.ts';
import { LinkDialog } from './link-dialog.tsx';
import { RefundDrawer } from './refund-drawer.tsx';
import { RefundFilters } from './refund-filters.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { useDecide } from './use-decide.tsx';

export const meta = () => [{ title: 'Refunds · Leadline' }];
const LIMIT = 50;
/** Rows of a group before "Show more", and of a group shown by itself. */
const GROUP_ROWS = 20;
const GROUP_ALL = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const url = parseRefundsUrl(new URL(request.url).searchParams);
  const { ctx } = context;
  const filter = filterOf(url);
  // what is open is worked through by deadline, the rest is looked up newest first
  const grouped = url.view === 'open' || url.view === 'review';
  const groups = grouped ? OPEN_DISPOSITIONS.filter((disposition) => filter.disposition?.includes(disposition)) : [];
  const [counts, review, page, inbox, open] = await Promise.all([
    countRefunds(ctx),
    refundTotal(ctx, { disposition: ['needs_review', 'manual'] }),
    grouped ? null : listRefunds(ctx, { filter, limit: LIMIT, after: url.after, before: url.before }),
    Promise.all(
      groups.map(async (disposition) => {
        const own = { ...filter, disposition: [disposition] };
        const [items, total] = await Promise.all([listByDeadline(ctx, own, groups.length === 1 ? GROUP_ALL : GROUP_ROWS), refundTotal(ctx, own)]);
        return { disposition, items, ...total };
      }),
    ),
    url.open === null
      ? null
      : getRefund(ctx, url.open).catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
          throw error;
        }),
  ]);
  const denied = can(actor.role, 'dispute_lead') ? null : `Deciding about refunds needs another role than yours (${actor.role}). Ask an owner.`;
  return {
    items: page ? page.items : inbox.flatMap((group) => group.items),
    groups: inbox.map(({ disposition, items, count, sums }) => ({ disposition, shown: items.length, count, sums })),
    nextAfter: page?.nextAfter ?? null,
    prevBefore: page?.prevBefore ?? null,
    grouped,
    counts,
    review,
    open,
    denied,
  };
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;
const capped = (n: number): string => formatCount(Math.min(n, COUNT_CAP - 1), n >= COUNT_CAP);
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
  const { decide, busy } = useDecide(data.denied);
  useLive(['refunds', 'leads'], revalidate);

  const { denied } = data;
  const link = useCallback((refund: RefundItem) => (denied === null ? setLinking(refund) : void notify({ meaning: 'neutral', title: 'Not allowed for you', detail: denied })), [denied]);
  const actions = useMemo(() => ({ denied, decide, link, isBusy: (refund: RefundItem) => busy.has(refund.id) }), [denied, decide, link, busy]);
  const columns = useMemo(() => refundColumns(actions), [actions]);
  const goTo = (changes: Record<string, string | null>) => navigate(hrefWith(query, changes), { preventScrollReset: true });
  const sub = data.review.count === 0 ? 'nothing to review' : `${capped(data.review.count)} to review${data.review.sums.length > 0 ? `, ${sumWords(data.review.sums)}` : ''}`;
  return (
    <>
      <Workspace drawer={data.open && <OpenRefund data={data} open={data.open} actions={actions} goTo={goTo} />}>
        <PageHead
          title="Refunds"
          sub={sub}
          actions={
            <Button small icon={Plus} onClick={() => setReporting(true)}>
              Report a refund
            </Button>
          }
        />
        <Tabs label="Views of refunds" current={url.view} items={TABS.map(([key, label]) => ({ key, label, to: `?view=${key}`, count: key === 'all' ? null : tabCount(data.counts, key) }))} />
        <RefundFilters url={url} query={query} />
        <DataTable<RefundItem>
          label="Refunds"
          columns={columns}
          rows={data.items}
          rowId={(refund) => refund.id}
          rowHref={(refund) => hrefWith(query, { open: refund.id })}
          onOpen={(open) => goTo({ open })}
          openId={url.open}
          {...(data.grouped ? { groupBy: (refund: RefundItem) => refund.disposition, groupLine: (key: string) => groupLine(data, key, query) } : {})}
          rowKeys={[
            { key: 'e', label: 'dispute', hint: true, run: ([refund]) => refund && decide(refund, 'dispute') },
            { key: 'p', label: 'let pass', hint: true, run: ([refund]) => refund && decide(refund, 'let_pass') },
            { key: 'l', label: 'link to an order', hint: true, run: ([refund]) => refund?.disposition === 'unmatched' && link(refund) },
          ]}
          status={loading ? 'loading' : 'ready'}
          empty={emptyRefunds(url)}
          minWidth={1040}
          footer={{ text: footText(data), ...(data.grouped ? {} : { prevHref: data.prevBefore && hrefWith(query, { before: data.prevBefore, open: null }), nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter, open: null }) }) }}
        />
      </Workspace>
      {reporting && (
        <ReportDialog
          onClose={() => setReporting(false)}
          onReported={({ id, disposition, repeat }) => {
            setReporting(false);
            notify({ meaning: 'good', title: repeat ? 'This refund was known already' : 'Refund taken in', detail: `${DISPOSITION_LOOKS[disposition]?.label ?? disposition}.` });
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
            notify({ meaning: 'good', title: `${linking.refundId} found its order`, detail: `${DISPOSITION_LOOKS[disposition]?.label ?? disposition}.` });
            revalidate();
          }}
        />
      )}
    </>
  );
}

function tabCount(counts: Data['counts'], view: View): string {
  return capped(Math.min(COUNT_CAP, dispositionsOf(view).reduce((sum, disposition) => sum + counts[disposition], 0)));
}

function groupLine(data: Data, key: string, query: URLSearchParams) {
  const look = DISPOSITION_LOOKS[key];
  const group = data.groups.find((one) => one.disposition === key);
  const hidden = group ? group.count - group.shown : 0;
  return {
    label: look?.label ?? key,
    strong: true,
    ...(look?.icon ? { icon: look.icon } : {}),
    ...(look ? { meaning: look.meaning } : {}),
    note: `${capped(group?.count ?? 0)} ${GROUP_NOTES[key] ?? ''}`,
    ...(group && group.sums.length > 0 ? { sum: sumWords(group.sums) } : {}),
    ...(hidden > 0 && data.groups.length > 1 ? { more: <TextLink to={hrefWith(query, { view: 'open', only: key })}>{`Show ${capped(hidden)} more`}</TextLink> } : {}),
  };
}

function footText({ items, grouped, groups, nextAfter, prevBefore }: Data): string {
  if (!grouped) return nextAfter === null && prevBefore === null ? `${items.length} ${items.length === 1 ? 'refund' : 'refunds'}` : `${items.length} on this page`;
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return total > items.length ? `${items.length} of ${capped(total)} open, the nearest deadlines first` : `${total} open`;
}

function OpenRefund({ data, open, actions, goTo }: { data: Data; open: NonNullable<Data['open']>; actions: Parameters<typeof refundColumns>[0]; goTo: (changes: Record<string, string | null>) => void }) {
  const at = data.items.findIndex((refund) => refund.id === open.id);
  const step = (to: number) => {
    const id = at < 0 ? undefined : data.items[to]?.id;
    return id === undefined ? null : () => goTo({ open: id });
  };
  return (
    <RefundDrawer
      key={open.id}
      refund={open}
      actions={actions}
      {...(at < 0 ? {} : { position: `${at + 1} of ${data.items.length}` })}
      onPrev={step(at - 1)}
      onNext={step(at + 1)}
      onClose={() => goTo({ open: null })}
    />
  );
}
