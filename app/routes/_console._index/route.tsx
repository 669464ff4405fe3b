import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readFirstSteps, readOverview } from '#app/modules/reports/index.server.ts';
import { formatMoment } from '#app/platform/time-format.ts';
import { PageHead } from '#app/ui/page-head.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { StatStrip } from '#app/ui/stat-strip.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { FirstStepsPanel } from './first-steps.tsx';
import { CalendarPanel, CausesPanel, FunnelPanel, OutcomesPanel } from './panels.tsx';
import { DueStat, FailingStat, PayoutStat, TrafficStat } from './questions.tsx';

/** Days ahead that "what will be paid out" adds up. */
const HORIZON_DAYS = 7;
/** The overview follows changes at this pace, in ms: slower than the server forgets what it has read. */
const PACE_MS = 3_000;

export const meta = () => [{ title: 'Overview · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const steps = await readFirstSteps(context.ctx);
  const { publicUrl } = context.config;
  if (!steps.traffic) return { steps, publicUrl, overview: null };
  const zone = readZone(request.headers.get('cookie'));
  const deps = { accounts: context.accounts, connectorOf: context.wiring.connectorOf };
  return { steps, publicUrl, overview: await readOverview(context.ctx, deps, { zone }) };
}

export default function OverviewPage() {
  const { overview, steps, publicUrl } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const now = useNow(60_000);
  const zone = useZone();
  useLive(
    [
      'outbox',
      'issues',
      'breakers',
      'jobs',
      'leads',
      'refunds',
      'captures',
      'conversions',
      'accounts',
      'keys',
      'campaigns',
    ],
    revalidate,
    PACE_MS,
    'later',
  );
  return (
    <div className="page">
      <PageHead title="Overview" sub={<span suppressHydrationWarning>{formatMoment(now, zone)}</span>} />
      <div className="page-body">
        {overview === null ? (
          <FirstStepsPanel steps={steps} publicUrl={publicUrl} />
        ) : (
          <>
            <StatStrip>
              <FailingStat attention={overview.attention} outcomes={overview.outcomes} />
              <DueStat due={overview.due} />
              <TrafficStat traffic={overview.traffic} outcomes={overview.outcomes} />
              <PayoutStat releases={overview.releases} horizon={HORIZON_DAYS} />
            </StatStrip>
            <div className="two-up lead-left">
              <OutcomesPanel outcomes={overview.outcomes} />
              <CausesPanel attention={overview.attention} />
            </div>
            <div className="two-up">
              <CalendarPanel releases={overview.releases} horizon={HORIZON_DAYS} />
              <FunnelPanel funnel={overview.funnel} />
            </div>
          </>
        )}
      </div>
    </div>
  );
}
