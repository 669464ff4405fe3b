import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator, useSearchParams } from '@remix-run/react';
import type { LossItem } from '#app/modules/disputes/inbox-schema.ts';
import {
  type LossSum,
  listLosses,
  readLossesByMonth,
  readLossSums,
} from '#app/modules/disputes/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { sumWords } from '../_console.leads/lead-words.ts';
import { CAUSES, COLUMNS } from './columns.tsx';
import { MonthStrip, monthName } from './month-strip.tsx';

export const meta = () => [{ title: 'Losses · Leadline' }];
const LIMIT = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const given = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\0', '').slice(0, 64) || undefined;
  const cause = Object.keys(CAUSES).find((known) => known === query.get('cause'));
  const zone = readZone(request.headers.get('cookie'));
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(given('month') ?? '')?.[0] ?? null;
  const currency = given('currency');
  const [page, sums, months] = await Promise.all([
    listLosses(context.ctx, {
      cause,
      currency,
      month: month === null ? undefined : { key: month, zone },
      limit: LIMIT,
      after: given('after'),
      before: given('before'),
    }),
    readLossSums(context.ctx),
    readLossesByMonth(context.ctx, { zone, cause, currency }),
  ]);
  return { ...page, sums, months, month, cause: cause ?? null, currency: currency ?? null };
}

/** Sums of some causes by currency. */
function byCurrency(sums: readonly LossSum[]): { currency: string; minor: number }[] {
  const out = new Map<string, number>();
  for (const { currency, minor } of sums)
    if (currency !== null) out.set(currency, (out.get(currency) ?? 0) + minor);
  return [...out].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => b.minor - a.minor);
}

const countOf = (sums: readonly LossSum[]): number => sums.reduce((sum, one) => sum + one.count, 0);

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
  const filtered = data.cause !== null || data.currency !== null || data.month !== null;
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
      <MonthStrip
        months={data.months}
        chosen={data.month}
        hrefOf={(month) => hrefWith(query, { month, after: null, before: null })}
      />
      <Toolbar
        end={
          <>
            <ExportLink table="losses" query={query.toString()} />
            <TextLink to="/leads">Leads</TextLink> <TextLink to="/refunds">Refunds</TextLink>
          </>
        }
      >
        {data.month !== null && (
          <FilterChip
            field="Month"
            operator="is"
            value={monthName(data.month)}
            removeTo={hrefWith(query, { month: null, after: null, before: null })}
          />
        )}
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
              title="No loss matches"
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
