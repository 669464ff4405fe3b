import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { useCallback, useMemo } from 'react';
import { suggestedReason } from '#app/modules/disputes/index.server.ts';
import { countLeads, listLeads, readDeadlineTotals, readLeadTotal } from '#app/modules/leads/index.server.ts';
import { COUNT_CAP, DAY_MS, DUE_MS } from '#app/modules/leads/lead-schema.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ColumnsMenu } from '#app/ui/columns-menu.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { useNow } from '#app/ui/time-context.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { leadColumns } from './columns.tsx';
import { emptyLeads } from './empty-leads.tsx';
import { filterOf, hrefWith, parseLeadsUrl, type View } from './filters.ts';
import { LeadDrawer } from './lead-drawer.tsx';
import { LeadFilters } from './lead-filters.tsx';
import { readLeadDetail } from './lead-page.server.ts';
import type { LeadView } from './lead-view.ts';
import { sumWords } from './lead-words.ts';
import { useDispute } from './use-dispute.tsx';
import { useStableRows } from './use-stable-rows.ts';

export const meta = () => [{ title: 'Leads · Leadline' }];
const LIMIT = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const url = parseLeadsUrl(new URL(request.url).searchParams);
  const { ctx } = context;
  const deps = readDepsOf(context);
  const filter = filterOf(url, ctx.clock.now());
  const byDeadline = ['refunded', 'due', 'held'].includes(url.view);
  const [page, counts, refunded, groups, total, open, accounts] = await Promise.all([
    listLeads(ctx, deps.connectorFor, { filter, limit: LIMIT, after: url.after, before: url.before }),
    countLeads(ctx),
    readLeadTotal(ctx, { refunded: true }),
    byDeadline ? readDeadlineTotals(ctx, filter) : null,
    readLeadTotal(ctx, filter),
    url.open === null ? null : readLeadDetail(ctx, deps, url.open),
    context.accounts.all(),
  ]);
  const items = page.items.map((lead): LeadView => ({ ...lead, reason: suggestedReason(lead) }));
  const denied = can(actor.role, 'dispute_lead')
    ? null
    : `Disputing leads needs another role than yours (${actor.role}). Ask an owner.`;
  return {
    ...page,
    items,
    counts,
    refunded,
    groups,
    total: total.count,
    open,
    denied,
    networks: accounts.map((account) => account.name),
  };
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

const TABS: [View, string][] = [
  ['refunded', 'Refunded, not disputed'],
  ['due', 'Due within 72 h'],
  ['held', 'Held'],
  ['released', 'Released'],
  ['disputed', 'Disputed'],
  ['all', 'All'],
];
const GROUP_LABELS: Record<string, string> = {
  today: 'Due within 24 h',
  soon: 'Due within 72 h',
  later: 'Later',
  over: 'Ended a moment ago',
};
const capped = (n: number): string => formatCount(Math.min(n, COUNT_CAP - 1), n >= COUNT_CAP);

/** Leads by deadline: what must be disputed before it is released, with money, evidence and the button. */
export default function Leads() {
  const data = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const url = parseLeadsUrl(query);
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const now = useNow(15_000);
  const loading = useNavigation().state === 'loading';
  const { ask, dialog } = useDispute();
  useLive(['leads', 'refunds'], revalidate);

  const refused = useCallback(
    (why: string) => void notify({ meaning: 'neutral', title: 'Cannot be disputed', detail: why }),
    [],
  );
  const { denied } = data;
  const columns = useMemo(
    () => leadColumns({ denied, onDispute: ask, onRefused: refused }),
    [denied, ask, refused],
  );
  const goTo = (changes: Record<string, string | readonly string[] | null>) =>
    navigate(hrefWith(query, changes), { preventScrollReset: true });
  const tryDispute = (lead: Pick<LeadView, 'id'> | undefined) => {
    const row =
      data.items.find((item) => item.id === lead?.id) ?? (data.open?.id === lead?.id ? data.open : null);
    if (!row) return;
    const why = row.refusal ?? denied;
    if (why === null) ask(row);
    else refused(why);
  };
  const groupOf = (lead: LeadView): string => {
    const left = Date.parse(lead.disputeBy ?? '') - now;
    return left <= 0 ? 'over' : left < DAY_MS ? 'today' : left < DUE_MS ? 'soon' : 'later';
  };
  const placed = new URLSearchParams(query);
  placed.delete('open');
  const view = useStableRows({
    rows: data.items,
    idOf: (lead) => lead.id,
    groupOf,
    scope: placed.toString(),
  });
  const sub =
    data.refunded.count === 0
      ? 'nothing refunded waits'
      : `${capped(data.refunded.count)} refunded${data.refunded.sums.length > 0 ? `, ${sumWords(data.refunded.sums)} at stake` : ''}`;
  return (
    <>
      <Workspace
        drawer={
          data.open && (
            <OpenLead data={data} open={data.open} goTo={goTo} onDispute={tryDispute} onRefused={refused} />
          )
        }
      >
        <PageHead
          title="Leads"
          sub={sub}
          actions={<ColumnsMenu columns={columns} hidden={url.hidden} onChange={(hide) => goTo({ hide })} />}
        />
        <Tabs
          label="Views of leads"
          current={url.view}
          items={TABS.map(([key, label]) => ({
            key,
            label,
            to: `?view=${key}`,
            count: key === 'all' ? null : capped(data.counts[key]),
          }))}
        />
        <LeadFilters url={url} query={query} networks={data.networks} />
        <DataTable<LeadView>
          label="Leads"
          columns={columns}
          rows={view.rows}
          newRows={{ count: view.added, onShow: view.showAll }}
          rowId={(lead) => lead.id}
          rowHref={(lead) => `/leads/${encodeURIComponent(lead.id)}`}
          onOpen={(open) => goTo({ open })}
          openId={url.open}
          hiddenColumns={url.hidden}
          {...(data.groups
            ? {
                groupBy: groupOf,
                groupLine: (key: string) => ({
                  label: GROUP_LABELS[key] ?? key,
                  note: groupNote(data.groups, key),
                }),
              }
            : {})}
          rowKeys={[{ key: 'e', label: 'dispute', hint: true, run: ([lead]) => tryDispute(lead) }]}
          status={loading ? 'loading' : 'ready'}
          empty={emptyLeads(url)}
          minWidth={980}
          total={data.total >= COUNT_CAP ? null : data.total}
          footer={{
            text: footText(data),
            prevHref:
              data.prevBefore && hrefWith(query, { before: data.prevBefore, after: null, open: null }),
            nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter, before: null, open: null }),
          }}
        />
      </Workspace>
      {dialog}
    </>
  );
}

function groupNote(groups: Data['groups'], key: string): string | undefined {
  const total = groups && (key === 'today' || key === 'soon' || key === 'later') ? groups[key] : null;
  if (!total || total.count === 0) return undefined;
  const leads = `${capped(total.count)} ${total.count === 1 ? 'lead' : 'leads'}`;
  return total.sums.length > 0 ? `${leads}, ${sumWords(total.sums)}` : leads;
}

function footText({ items, total, prevBefore, nextAfter }: Data): string {
  const all = capped(total);
  if (prevBefore === null && nextAfter === null)
    return items.length === 1 ? '1 lead' : `${items.length} leads`;
  return prevBefore === null ? `1–${items.length} of ${all}` : `${items.length} of ${all}`;
}

function OpenLead({
  data,
  open,
  goTo,
  onDispute,
  onRefused,
}: {
  data: Data;
  open: NonNullable<Data['open']>;
  goTo: (changes: Record<string, string | null>) => void;
  onDispute: (lead: { id: string }) => void;
  onRefused: (why: string) => void;
}) {
  const at = data.items.findIndex((lead) => lead.id === open.id);
  const step = (to: number) => {
    const id = at < 0 ? undefined : data.items[to]?.id;
    return id === undefined ? null : () => goTo({ open: id });
  };
  return (
    <LeadDrawer
      key={open.id}
      lead={open}
      denied={data.denied}
      {...(at < 0 ? {} : { position: `${at + 1} of ${data.items.length}` })}
      onPrev={step(at - 1)}
      onNext={step(at + 1)}
      onClose={() => goTo({ open: null })}
      onDispute={() => onDispute(open)}
      onRefused={onRefused}
    />
  );
}
