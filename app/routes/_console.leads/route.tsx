import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { useCallback, useMemo } from 'react';
import { COUNT_CAP } from '#app/modules/leads/lead-schema.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { ColumnsMenu } from '#app/ui/columns-menu.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { useNow } from '#app/ui/time-context.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { useSelection } from '#app/ui/use-selection.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { useBulkDispute } from '../_console.batches/use-bulk-dispute.tsx';
import { leadColumns } from './columns.tsx';
import { emptyLeads } from './empty-leads.tsx';
import { BUILT_IN, cleanQuery, hrefWith, parseLeadsUrl } from './filters.ts';
import { LeadFilters } from './lead-filters.tsx';
import type { LeadView } from './lead-view.ts';
import { capped, footText, GROUP_LABELS, groupNote, groupOf, refundedWords, TABS } from './list-words.ts';
import { loadLeads } from './load-leads.server.ts';
import { OpenLead } from './open-lead.tsx';
import { useDispute } from './use-dispute.tsx';
import { useStableRows } from './use-stable-rows.ts';
import { ViewTabs } from './view-tabs.tsx';

export const meta = () => [{ title: 'Leads · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return loadLeads(context, actor, parseLeadsUrl(new URL(request.url).searchParams));
}

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
  const group = (lead: LeadView): string => groupOf(lead, now);
  const placed = new URLSearchParams(query);
  placed.delete('open');
  const here = cleanQuery(query);
  const rows = useStableRows({ rows: data.items, idOf, groupOf: group, scope: placed.toString() });
  const selection = useSelection(here);
  const total = data.total >= COUNT_CAP ? null : data.total;
  const bulk = useBulkDispute({
    of: 'leads',
    query: here,
    selection,
    matching: total === null ? null : capped(total),
    offerAll: total === null || total > data.items.length,
    refresh: revalidate,
  });
  return (
    <>
      <Workspace
        drawer={
          data.open && (
            <OpenLead
              rows={data.items}
              open={data.open}
              denied={denied}
              goTo={goTo}
              onDispute={tryDispute}
              onRefused={refused}
            />
          )
        }
      >
        <PageHead
          title="Leads"
          sub={refundedWords(data.refunded)}
          actions={<ColumnsMenu columns={columns} hidden={url.hidden} onChange={(hide) => goTo({ hide })} />}
        />
        <ViewTabs
          page="leads"
          current={url.view}
          items={TABS.map(([key, label]) => ({
            key,
            label,
            to: `?view=${key}`,
            count: key === 'all' ? null : capped(data.counts[key]),
          }))}
          views={data.views}
          here={here}
          builtIn={BUILT_IN}
        />
        <LeadFilters url={url} query={query} networks={data.networks} />
        {bulk.banner}
        <DataTable<LeadView>
          label="Leads"
          columns={columns}
          rows={rows.rows}
          newRows={{ count: rows.added, onShow: rows.showAll }}
          rowId={idOf}
          rowHref={(lead) => `/leads/${encodeURIComponent(lead.id)}`}
          onOpen={(open) => goTo({ open })}
          openId={url.open}
          hiddenColumns={url.hidden}
          {...(data.groups
            ? {
                groupBy: group,
                groupLine: (key: string) => ({
                  label: GROUP_LABELS[key] ?? key,
                  note: groupNote(data.groups, key),
                }),
              }
            : {})}
          {...(denied === null ? { selection, selectionBar: bulk.bar } : {})}
          rowKeys={[
            {
              key: 'e',
              label: 'dispute',
              hint: true,
              run: ([lead]) => (selection.isEmpty ? tryDispute(lead) : bulk.ask()),
            },
          ]}
          status={loading ? 'loading' : 'ready'}
          empty={emptyLeads(url)}
          minWidth={980}
          total={total}
          footer={{
            text: footText(data),
            prevHref:
              data.prevBefore && hrefWith(query, { before: data.prevBefore, after: null, open: null }),
            nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter, before: null, open: null }),
          }}
        />
      </Workspace>
      {dialog}
      {bulk.dialog}
    </>
  );
}

const idOf = (lead: LeadView): string => lead.id;
