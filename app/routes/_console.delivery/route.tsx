import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { ChartColumn } from 'lucide-react';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import { readDelivery } from '#app/modules/metrics/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { formatTimeFull } from '#app/platform/time-format.ts';
import { BandNotice } from '#app/ui/band-notice.tsx';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHead } from '#app/ui/page-head.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { readZone } from '#app/ui/preferences.ts';
import { Time } from '#app/ui/time.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { AnswersPanel } from './answers.tsx';
import { spanWords } from './bar-words.ts';
import { OutcomesPanel, TimesPanel } from './charts.tsx';
import { Figures } from './figures.tsx';
import { boundsOf, hrefWith, readState } from './filters.ts';
import { GroupsPanel } from './groups.tsx';
import { type Choices, DeliveryToolbar } from './toolbar.tsx';

/** The page follows what is counted at this pace, in ms; counting itself is some seconds behind. */
const PACE_MS = 6_000;
const CAMPAIGNS_MAX = 200;

export const meta = () => [{ title: 'Delivery · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const state = readState(new URL(request.url).searchParams);
  const { ctx, accounts, wiring } = context;
  const named = async () =>
    (await accounts.all()).map((account) => ({
      id: account.id,
      name: account.name,
      connector: wiring.connectorOf(account).label,
    }));
  const report = await readDelivery(
    ctx,
    { accounts: named },
    {
      ...boundsOf(state, ctx.clock.now()),
      zone: readZone(request.headers.get('cookie')),
      network: state.network,
      campaign: state.campaign,
    },
  );
  const campaigns = await listCampaigns(ctx, wiring.campaigns, { limit: CAMPAIGNS_MAX });
  const choices: Choices = {
    networks: (await named()).map(({ name }) => ({ value: name, label: name })),
    campaigns: [
      ...new Map(
        campaigns.items.map((campaign) => [
          campaign.networkCampaignId,
          campaign.name ?? campaign.networkCampaignId,
        ]),
      ),
      ['unknown', 'Not known'] as const,
    ].map(([value, label]) => ({ value, label })),
  };
  return { state, report, choices };
}

/** Delivery in numbers: outcomes, first-try success, time to delivered, commonest answers. */
export default function DeliveryPage() {
  const { state, report, choices } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  // a zoomed stretch that is over does not change
  useLive(['postbacks'], state.between ? () => {} : revalidate, PACE_MS, 'later');
  const zone = useZone();
  const now = useNow(60_000);
  const { total } = report;
  const nothing = total.attempts === 0 && total.test === 0;
  const narrowed = state.network.length > 0 || state.campaign.length > 0;
  return (
    <div className="page">
      <PageHead
        title="Delivery"
        sub={
          <span
            title={`${formatTimeFull(report.from, zone)} to ${formatTimeFull(report.to, zone)}`}
            suppressHydrationWarning
          >
            {spanWords(report, now, zone)}
          </span>
        }
      />
      <DeliveryToolbar state={state} choices={choices} />
      <div className="page-body">
        {report.countedTo !== null && (
          <BandNotice meaning="waiting" boxed>
            Attempts since <Time at={report.countedTo} /> are still being counted: these numbers grow.
          </BandNotice>
        )}
        {nothing ? (
          <Panel>
            <EmptyState
              kind={narrowed ? 'no-match' : 'empty'}
              icon={ChartColumn}
              title="No attempt ended in this time"
              actions={
                <>
                  {narrowed && (
                    <ButtonLink to={hrefWith(state, { network: [], campaign: [] })}>Drop filters</ButtonLink>
                  )}
                  <ButtonLink to={hrefWith(state, { range: '90d', between: null })}>Last 90 days</ButtonLink>
                </>
              }
            >
              Every attempt to deliver a postback is counted here, some seconds after it ended.
            </EmptyState>
          </Panel>
        ) : (
          <>
            <Figures report={report} />
            <OutcomesPanel report={report} state={state} />
            <div className="two-up lead-left">
              <GroupsPanel groups={report.groups} byDay={report.groupsByDay} state={state} />
              <TimesPanel report={report} state={state} />
            </div>
            <AnswersPanel answers={report.answers} state={state} />
          </>
        )}
      </div>
    </div>
  );
}
