import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator, useSearchParams } from '@remix-run/react';
import type { LossItem } from '#app/modules/disputes/inbox-schema.ts';
import { type LossSum, listLosses, readLossSums } from '#app/modules/disputes/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { sumWords } from '../_console.leads/lead-words.ts';

export const meta = () => [{ title: 'Losses · Leadline' }];
const LIMIT = 50;

const CAUSES: Record<string, string> = {
  missed_deadline: 'Deadline missed',
  missed_in_review: 'Missed in review',
  released_before_refund: 'Refunded after release',
  zero_day_hold: 'No holding period',
  dispute_refused: 'Dispute refused',
  no_dispute_call: 'No dispute call',
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64) || undefined;
  const cause = Object.keys(CAUSES).find((known) => known === query.get('cause'));
  const [page, sums] = await Promise.all([
    listLosses(context.ctx, {
      cause,
      currency: given('currency'),
      limit: LIMIT,
      after: given('after'),
      before: given('before'),
    }),
    readLossSums(context.ctx),
  ]);
  return { ...page, sums, cause: cause ?? null, currency: given('currency') ?? null };
}

/** Sums of some causes by currency. */
function byCurrency(sums: readonly LossSum[]): { currency: string; minor: number }[] {
  const out = new Map<string, number>();
  for (const { currency, minor } of sums)
    if (currency !== null) out.set(currency, (out.get(currency) ?? 0) + minor);
  return [...out].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => b.minor - a.minor);
}

const countOf = (sums: readonly LossSum[]): number => sums.reduce((sum, one) => sum + one.count, 0);

const COLUMNS: Column<LossItem>[] = [
  {
    id: 'order',
    header: 'Order',
    width: 132,
    kind: 'mono',
    primary: true,
    cell: (loss) => loss.lead?.externalId ?? loss.leadId,
    title: (loss) => loss.lead?.externalId,
  },
  {
    id: 'lost',
    header: 'Lost',
    width: 84,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (loss) => (
      <Money minor={loss.payoutCents} currency={loss.currency ?? 'USD'} className="num med lost" />
    ),
  },
  {
    id: 'cause',
    header: 'Why',
    width: 158,
    card: 'meta',
    cell: (loss) => CAUSES[loss.cause] ?? loss.cause,
    title: (loss) => loss.explanation,
  },
  {
    id: 'lesson',
    header: 'How it could have been caught',
    kind: 'muted',
    card: 'meta',
    cell: (loss) => loss.lesson,
    title: (loss) => loss.lesson,
  },
  {
    id: 'campaign',
    header: 'Campaign',
    width: 124,
    wide: true,
    kind: 'muted',
    cell: (loss) => loss.lead?.campaignName ?? loss.lead?.campaignId ?? 'unknown',
  },
  {
    id: 'released',
    header: 'Released',
    width: 84,
    kind: 'muted-num',
    cell: (loss) => (loss.lead?.disputeBy ? <Time at={loss.lead.disputeBy} /> : 'at once'),
  },
  {
    id: 'known',
    header: 'Refund known',
    width: 104,
    kind: 'muted-num',
    cell: (loss) =>
      loss.refund ? <Time at={loss.refund.createdAt} /> : <span className="c3">no refund</span>,
  },
  {
    id: 'refund',
    header: 'Refund',
    headerHidden: true,
    width: 74,
    align: 'right',
    kind: 'actions',
    card: 'metaEnd',
    cell: (loss) =>
      loss.refund && (
        <TextLink to={`/refunds?view=too_late&open=${encodeURIComponent(loss.refund.id)}`}>Refund</TextLink>
      ),
  },
];

/** Payouts that could no longer be taken back: what, why, how much, and what would have caught them. */
export default function Losses() {
  const data = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const { revalidate } = useRevalidator();
  useLive(['leads', 'refunds'], revalidate);
  const total = byCurrency(data.sums);
  const causes = Object.entries(CAUSES).map(([key, label]) => ({
    key,
    label,
    sums: data.sums.filter((sum) => sum.cause === key),
  }));
  const filtered = data.cause !== null || data.currency !== null;
  const tabs = [
    { key: 'all', label: 'All', to: '?', count: formatCount(countOf(data.sums)) },
    ...causes.map(({ key, label, sums }) => ({
      key,
      label,
      to: `?cause=${key}`,
      count:
        sums.length === 0
          ? '0'
          : `${formatCount(countOf(sums))} · ${sumWords(byCurrency(sums)) || 'unknown'}`,
    })),
  ];
  return (
    <Workspace>
      <PageHead
        title="Losses"
        sub={
          total.length === 0
            ? 'nothing was lost'
            : `${sumWords(total)} in ${formatCount(countOf(data.sums))} payouts`
        }
      />
      <Tabs label="Causes of losses" current={data.cause ?? 'all'} items={tabs} />
      <Toolbar
        end={
          <>
            <ExportLink table="losses" query={query.toString()} />
            <TextLink to="/leads">Leads</TextLink> <TextLink to="/refunds">Refunds</TextLink>
          </>
        }
      >
        {data.currency !== null && (
          <FilterChip
            field="Currency"
            operator="is"
            value={data.currency}
            removeTo={hrefWith(query, { currency: null })}
          />
        )}
        {data.currency === null &&
          total.length > 1 &&
          total.map(({ currency }) => (
            <ButtonLink key={currency} small variant="quiet" to={hrefWith(query, { currency })}>
              {currency}
            </ButtonLink>
          ))}
      </Toolbar>
      <DataTable<LossItem>
        label="Losses"
        columns={COLUMNS}
        rows={data.items}
        rowId={(loss) => loss.id}
        rowHref={(loss) => `/leads/${encodeURIComponent(loss.leadId)}`}
        empty={
          filtered ? (
            <EmptyState
              kind="no-match"
              title="No loss for this cause"
              actions={<ButtonLink to="?">Show all</ButtonLink>}
            />
          ) : (
            <EmptyState kind="done" title="Nothing was lost">
              A payout that was released though its order was refunded would be here, with how it could have
              been caught.
            </EmptyState>
          )
        }
        minWidth={1060}
        footer={{
          text: `${data.items.length} ${data.items.length === 1 ? 'loss' : 'losses'}${data.nextAfter === null && data.prevBefore === null ? '' : ' on this page'}`,
          prevHref: data.prevBefore && hrefWith(query, { before: data.prevBefore }),
          nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter }),
        }}
      />
    </Workspace>
  );
}
