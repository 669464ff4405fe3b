import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator, useSearchParams } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readPayoutCalendar } from '#app/modules/reports/index.server.ts';
import { GROUPINGS } from '#app/modules/reports/payout-schema.ts';
import { BandNotice } from '#app/ui/band-notice.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { useLive } from '#app/ui/use-live.ts';
import { readChoices } from '../_console.reports/choices.server.ts';
import { readNarrowing } from '../_console.reports/filters.ts';
import { Freshness } from '../_console.reports/freshness.tsx';
import { ReportFilters } from '../_console.reports/report-filters.tsx';
import { leadsWords, moneyWords } from '../_console.reports/sums.tsx';
import { PayoutBars } from './bars.tsx';
import { PayoutFigures } from './figures.tsx';
import { GroupsPanel } from './groups.tsx';
import { MonthGrid } from './month-grid.tsx';
import { MonthNav } from './month-nav.tsx';

/** The page follows what happens at this pace, in ms. */
const PACE_MS = 10_000;

export const meta = () => [{ title: 'Payout calendar · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const filter = readNarrowing(query);
  const calendar = await readPayoutCalendar(context.ctx, {
    month: query.get('month'),
    zone: readZone(request.headers.get('cookie')),
    by: GROUPINGS.find((grouping) => grouping === query.get('by')) ?? 'campaign',
    filter,
  });
  return { filter, calendar, choices: await readChoices(context) };
}

/** What releases when: month grid, bars, and by campaign or affiliate. */
export default function PayoutCalendarPage() {
  const { filter, calendar, choices } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const { revalidate } = useRevalidator();
  useLive(['leads', 'refunds'], revalidate, PACE_MS, 'later');
  const { total, overdue } = calendar;
  return (
    <>
      <ReportFilters
        filter={filter}
        query={query}
        choices={choices}
        end={
          <>
            <Freshness reading={calendar.reading} revalidate={revalidate} />
            <ExportLink table="payouts" query={query.toString()} />
          </>
        }
      >
        <MonthNav calendar={calendar} query={query} />
      </ReportFilters>
      <div className="page-body">
        {overdue.count > 0 && (
          <BandNotice meaning="waiting" boxed>
            The hold of {leadsWords(overdue.count)} ({moneyWords(overdue)}) is over, but they are not marked
            as released yet. This lasts a moment; if it stays, no worker is running.
          </BandNotice>
        )}
        {total.assumed > 0 && (
          <BandNotice meaning="waiting" boxed>
            The holding days of {leadsWords(total.assumed)} are assumed, for their campaign’s own are not
            known yet: their day may change.
          </BandNotice>
        )}
        {calendar.riskCapped && (
          <BandNotice meaning="waiting" boxed>
            More than 5,000 refunds or disputes wait in this month: only the first to release are marked.
          </BandNotice>
        )}
        <PayoutFigures total={total} filter={filter} calendar={calendar} />
        <MonthGrid calendar={calendar} filter={filter} />
        <div className="two-up lead-left">
          <PayoutBars calendar={calendar} query={query} />
          <GroupsPanel calendar={calendar} filter={filter} query={query} />
        </div>
        <p className="c3 text-12">
          A lead is on the day its hold ends, in your time zone, for what the network said it pays, else what
          its terms say. Disputed leads are not counted. Leads of campaigns without a holding period are paid
          at once, on the day they were opened.
        </p>
      </div>
    </>
  );
}
