import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRevalidator, useSearchParams } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readRefundRate } from '#app/modules/reports/index.server.ts';
import { RATE_SORTS, type RateRow } from '#app/modules/reports/refund-rate-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { TimeMenu } from '#app/ui/filter-time.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { useLive } from '#app/ui/use-live.ts';
import { readChoices } from '../_console.reports/choices.server.ts';
import {
  askedTime,
  hrefWith,
  isNarrowed,
  leadsHref,
  NO_FILTERS,
  periodChanges,
  readNarrowing,
  readPeriod,
} from '../_console.reports/filters.ts';
import { Freshness } from '../_console.reports/freshness.tsx';
import { ReportFilters } from '../_console.reports/report-filters.tsx';
import { COLUMNS } from './columns.tsx';
import { RateFigures } from './figures.tsx';

const PACE_MS = 15_000;

export const meta = () => [{ title: 'Refund rate · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const query = new URL(request.url).searchParams;
  const filter = readNarrowing(query);
  const period = readPeriod(query);
  const zone = readZone(request.headers.get('cookie'));
  const sort = RATE_SORTS.find((known) => known === query.get('sort')) ?? 'rate';
  const report = await readRefundRate(context.ctx, {
    time: askedTime(period, zone),
    filter,
    sort,
  });
  return { filter, period, sort, report, choices: await readChoices(context) };
}

/** Which affiliates' orders come back: refunds and chargebacks over leads, with those that chance does not explain. */
export default function RefundRatePage() {
  const { filter, period, sort, report, choices } = useLoaderData<typeof loader>();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  useLive(['refunds'], revalidate, PACE_MS, 'later');
  const narrowed = isNarrowed(filter);
  return (
    <>
      <ReportFilters
        filter={filter}
        query={query}
        choices={choices}
        end={
          <>
            <Freshness reading={report.reading} revalidate={revalidate} />
            <TimeMenu
              value={period}
              onChange={(value) =>
                navigate(hrefWith(query, periodChanges(value)), { preventScrollReset: true })
              }
            />
            <ExportLink table="refund-rate" query={query.toString()} />
          </>
        }
      />
      <div className="page-body">
        {report.total.leads > 0 && <RateFigures report={report} />}
        <Panel title="By affiliate" padded={false}>
          <DataTable<RateRow>
            label="Refund rate by affiliate"
            columns={COLUMNS}
            rows={report.rows}
            rowId={(row) => row.affiliateId ?? ''}
            rowHref={(row) => leadsHref(filter, { affiliate: row.affiliateId })}
            sort={{ id: sort, dir: 'desc' }}
            sortHref={(id) => hrefWith(query, { sort: id === 'rate' ? null : id })}
            minWidth={1060}
            empty={
              <EmptyState
                kind={narrowed ? 'no-match' : 'empty'}
                title="No lead was opened in this time"
                actions={
                  <>
                    {narrowed && <ButtonLink to={hrefWith(query, NO_FILTERS)}>Drop filters</ButtonLink>}
                    <ButtonLink to={hrefWith(query, periodChanges({}))}>Any time</ButtonLink>
                  </>
                }
              >
                Leads that the network opened in this time would be here, with how many of them were refunded.
              </EmptyState>
            }
            footer={{
              text: `${formatCount(report.rows.length)} ${report.rows.length === 1 ? 'affiliate' : 'affiliates'}${report.moreRows > 0 ? `, ${formatCount(report.moreRows)} more in the export` : ''}`,
            }}
          />
        </Panel>
        <HowItIsJudged />
      </div>
    </>
  );
}

/** The statistic in words. */
function HowItIsJudged() {
  return (
    <Panel title="How this is judged">
      <div className="notes c2">
        <p>
          Of the leads opened in the chosen time, how many have been refunded, charged back or reported as
          fraud until now; each lead counts once. Chargebacks won back, refunds that failed, and refunds that
          may belong to another order are not counted. Refunds of recent leads may still come: compare like
          times.
        </p>
        <p>
          With few leads a high rate may be chance. The interval says where the true rate lies with 99 %
          certainty (Wilson). An affiliate is an outlier when even the low end of its interval is above the
          rate of all other affiliates together, it has at least 30 leads and 3 refunds, and the others have
          at least 30 leads. Of hundreds of affiliates one or two may still be flagged by chance: look at
          their orders before you act.
        </p>
      </div>
    </Panel>
  );
}
