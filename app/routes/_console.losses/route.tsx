import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator, useSearchParams } from '@remix-run/react';
import type { LossItem } from '#app/modules/disputes/inbox-schema.ts';
import {
  listLosses,
  readLossesByCampaign,
  readLossesByMonth,
  readLossFigures,
} from '#app/modules/disputes/index.server.ts';
import type { LossTotal } from '#app/modules/disputes/list-losses-schema.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { Workspace } from '#app/ui/workspace.tsx';
import { hrefWith } from '../_console.leads/filters.ts';
import { sumWords } from '../_console.leads/lead-words.ts';
import { CAUSES } from './causes.ts';
import { COLUMNS } from './columns.tsx';
import { choiceOf, isNarrowed, parseLossesUrl } from './filters.ts';
import { campaignBars, monthBars } from './loss-bars.ts';
import { LossChips } from './loss-chips.tsx';
import { LossStrip } from './loss-strip.tsx';

export const meta = () => [{ title: 'Losses · Leadline' }];
const LIMIT = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const { ctx } = context;
  const url = parseLossesUrl(new URL(request.url).searchParams);
  const zone = readZone(request.headers.get('cookie'));
  const choice = choiceOf(url);
  const { month, campaign, ...rest } = choice;
  const [page, figures, bars] = await Promise.all([
    listLosses(ctx, {
      ...rest,
      campaign,
      month: month === undefined ? undefined : { key: month, zone },
      limit: LIMIT,
      after: url.after,
      before: url.before,
    }),
    readLossFigures(ctx, { zone, ...choice }),
    // what is chosen of them stays among the others
    url.by === 'month'
      ? readLossesByMonth(ctx, { zone, ...rest, campaign }).then(monthBars)
      : readLossesByCampaign(ctx, { zone, ...rest, month }).then(campaignBars),
  ]);
  return { ...page, ...figures, bars };
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

const figureOf = ({ count, sums }: LossTotal): string =>
  count === 0 ? '0' : `${formatCount(count)} · ${sumWords(sums) || 'unknown'}`;

/** The tabs of causes, each with what was lost by it of what else is chosen. */
function tabsOf({ causes }: Data, query: URLSearchParams) {
  const to = (cause: string | null) => hrefWith(query, { cause });
  const all = causes.reduce((sum, { count }) => sum + count, 0);
  return [
    { key: 'all', label: 'All', to: to(null), count: formatCount(all) },
    ...Object.entries(CAUSES).map(([key, label]) => ({
      key,
      label,
      to: to(key),
      count: figureOf(causes.find(({ cause }) => cause === key) ?? { count: 0, sums: [] }),
    })),
  ];
}

/** Payouts that could no longer be taken back: what, why, how much, and what would have caught them. */
export default function Losses() {
  const data = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const url = parseLossesUrl(query);
  const { revalidate } = useRevalidator();
  useLive(['leads', 'refunds'], revalidate);
  const { total } = data;
  const narrowed = isNarrowed(url) || url.cause !== null;
  return (
    <Workspace>
      <PageHead
        title="Losses"
        sub={
          total.count === 0
            ? 'nothing was lost'
            : `${sumWords(total.sums) || 'unknown'} in ${formatCount(total.count)} ${total.count === 1 ? 'payout' : 'payouts'}`
        }
      />
      <Tabs label="Causes of losses" current={url.cause ?? 'all'} items={tabsOf(data, query)} />
      <LossStrip
        by={url.by}
        bars={data.bars}
        chosen={url.by === 'month' ? url.month : url.campaign}
        byHref={(by) => hrefWith(query, { by: by === 'month' ? null : by })}
        hrefOf={(key) => hrefWith(query, { [url.by]: key })}
      />
      <Toolbar
        end={
          <>
            <ExportLink table="losses" query={query.toString()} />
            <TextLink to="/leads">Leads</TextLink> <TextLink to="/refunds">Refunds</TextLink>
          </>
        }
      >
        <LossChips
          url={url}
          query={query}
          campaignName={data.campaignName}
          currencies={data.currencies}
          campaigns={url.by === 'campaign' ? data.bars : []}
        />
      </Toolbar>
      <DataTable<LossItem>
        label="Losses"
        columns={COLUMNS}
        rows={data.items}
        rowId={(loss) => loss.id}
        rowHref={(loss) => `/leads/${encodeURIComponent(loss.leadId)}`}
        empty={narrowed ? <NoMatch paged={url.after !== undefined} /> : <Nothing />}
        minWidth={1060}
        total={total.count}
        footer={{
          text: `${formatCount(data.items.length)} of ${formatCount(total.count)}`,
          prevHref: data.prevBefore && hrefWith(query, { before: data.prevBefore }),
          nextHref: data.nextAfter && hrefWith(query, { after: data.nextAfter }),
        }}
      />
    </Workspace>
  );
}

function NoMatch({ paged }: { paged: boolean }) {
  return (
    <EmptyState
      kind="no-match"
      title={paged ? 'Nothing more here' : 'No loss matches'}
      actions={<ButtonLink to="?">Show all</ButtonLink>}
    />
  );
}

function Nothing() {
  return (
    <EmptyState kind="done" title="Nothing was lost">
      A payout that was released though its order was refunded would be here, with how it could have been
      caught.
    </EmptyState>
  );
}
