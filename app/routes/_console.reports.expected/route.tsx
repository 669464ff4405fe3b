import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRevalidator, useSearchParams } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import type { DifferenceSum, DifferingLead } from '#app/modules/reports/expected-schema.ts';
import { listDifferences, readDifferenceSums, readUnitHints } from '#app/modules/reports/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { TimeMenu } from '#app/ui/filter-time.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { Segmented } from '#app/ui/segmented.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { readChoices } from '../_console.reports/choices.server.ts';
import {
  askedTime,
  boundsOf,
  hrefWith,
  isNarrowed,
  NO_FILTERS,
  periodChanges,
  readNarrowing,
  readPeriod,
} from '../_console.reports/filters.ts';
import { Freshness } from '../_console.reports/freshness.tsx';
import { ReportFilters } from '../_console.reports/report-filters.tsx';
import { COLUMNS, SUM_COLUMNS } from './columns.tsx';
import { HundredCallouts } from './hints.tsx';

const LIMIT = 50;
const SUMS_MAX = 40;
const PACE_MS = 10_000;

export const meta = () => [{ title: 'Expected and actual payouts · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const { ctx } = context;
  const query = new URL(request.url).searchParams;
  const filter = readNarrowing(query);
  const period = readPeriod(query);
  const only = query.get('only') === '100';
  const zone = readZone(request.headers.get('cookie'));
  const asked = { filter, hundredfold: only };
  const page = await listDifferences(ctx, {
    ...asked,
    ...boundsOf(period, ctx.clock.now(), zone),
    limit: LIMIT,
    after: query.get('after') ?? undefined,
    before: query.get('before') ?? undefined,
  });
  const { sums, reading } = await readDifferenceSums(ctx, { ...asked, time: askedTime(period, zone) });
  const hints = await readUnitHints(ctx, filter);
  return { filter, period, only, page, sums, reading, hints, choices: await readChoices(context) };
}

/** Leads that pay otherwise than their campaign's terms say, with the mistake of cents named (RG-22). */
export default function ExpectedPage() {
  const { filter, period, only, page, sums, reading, hints, choices } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  useLive(['leads'], revalidate, PACE_MS, 'later');
  const narrowed = isNarrowed(filter) || only;
  const total = sums.reduce((count, sum) => count + sum.count, 0);
  return (
    <>
      <ReportFilters
        filter={filter}
        query={query}
        choices={choices}
        end={
          <>
            <Freshness reading={reading} revalidate={revalidate} />
            <TimeMenu
              value={period}
              onChange={(value) =>
                navigate(hrefWith(query, periodChanges(value)), { preventScrollReset: true })
              }
            />
            <ExportLink table="expected" query={query.toString()} />
          </>
        }
      >
        <Segmented
          label="Show"
          small
          value={only ? '100' : 'all'}
          options={[
            { value: 'all', label: 'All differences', to: hrefWith(query, { only: null }) },
            { value: '100', label: 'Off by 100 times', to: hrefWith(query, { only: '100' }) },
          ]}
        />
      </ReportFilters>
      <div className="page-body">
        <HundredCallouts sums={sums} hints={hints} />
        {sums.length > 0 && (
          <Panel title="By campaign and currency" padded={false}>
            <DataTable<DifferenceSum>
              label="Differences by campaign and currency"
              columns={SUM_COLUMNS}
              rows={sums.slice(0, SUMS_MAX)}
              rowId={(sum) => `${sum.campaignId ?? ''} ${sum.currency ?? ''}`}
              rowHref={(sum) => hrefWith(query, { campaign: sum.campaignId, currency: sum.currency })}
              minWidth={900}
              empty={null}
              footer={{
                text:
                  sums.length > SUMS_MAX
                    ? `the ${SUMS_MAX} with most leads of ${formatCount(sums.length)}`
                    : `${formatCount(total)} ${total === 1 ? 'lead' : 'leads'}`,
              }}
            />
          </Panel>
        )}
        <Panel title="Leads" end={sums.length > 0 && <span className="c3">newest first</span>} padded={false}>
          <DataTable<DifferingLead>
            label="Leads that pay otherwise than expected"
            columns={COLUMNS}
            rows={page.items}
            rowId={(lead) => lead.id}
            rowHref={(lead) => `/leads/${encodeURIComponent(lead.id)}`}
            minWidth={1120}
            total={total}
            empty={
              <EmptyState
                kind={narrowed ? 'no-match' : 'done'}
                title={narrowed ? 'No difference matches' : 'Every payout is what was expected'}
                actions={
                  narrowed && (
                    <ButtonLink to={hrefWith(query, { ...NO_FILTERS, only: null })}>Drop filters</ButtonLink>
                  )
                }
              >
                A lead whose payout differs by more than one minor unit from what its campaign’s terms say
                would be here. Leads of campaigns whose terms are not known have nothing to compare with.
              </EmptyState>
            }
            footer={{
              text: `${formatCount(page.items.length)} of ${formatCount(Math.max(total, page.items.length))}`,
              prevHref: page.prevBefore && hrefWith(query, { before: page.prevBefore, after: null }),
              nextHref: page.nextAfter && hrefWith(query, { after: page.nextAfter, before: null }),
            }}
          />
        </Panel>
      </div>
    </>
  );
}
