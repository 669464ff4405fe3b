import { Link } from '@remix-run/react';
import { CalendarDays } from 'lucide-react';
import type { Attention, Cause, FunnelToday, OutcomeStep, ReleaseDay } from '#app/modules/reports/schema.ts';
import { formatAxisDay, formatCount, localTime } from '#app/platform/time-format.ts';
import { type BarItem, BarList } from '#app/ui/bar-list.tsx';
import { DayBars } from '#app/ui/day-bars.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Funnel, type FunnelStage } from '#app/ui/funnel.tsx';
import { ACCEPTED_SERIES, NOT_ACCEPTED_SERIES, OutcomesChart } from '#app/ui/outcomes-chart.tsx';
import { Legend, Panel } from '#app/ui/panel.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { links } from './links.ts';
import { calendarBars } from './releases.ts';
import { moneyWords, percent } from './words.tsx';

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

export function OutcomesPanel({ outcomes }: { outcomes: readonly OutcomeStep[] }) {
  const zone = useZone();
  const points = outcomes.map(({ from, to, ...counts }) => {
    const hour = localTime(from, zone).hour;
    const end = localTime(to, zone).hour || 24;
    return {
      key: from,
      label: `${formatAxisDay(from, zone)}, ${clock(hour)} to ${clock(end)}`,
      ...(hour === 0 ? { tick: formatAxisDay(from, zone) } : {}),
      values: {
        delivered: counts.delivered,
        duplicate: counts.duplicate,
        retrying: counts.retrying,
        parked: counts.parked,
        failed: counts.failed,
      },
    };
  });
  const legend = [...ACCEPTED_SERIES, ...NOT_ACCEPTED_SERIES].map(({ label, series }) => ({ label, series }));
  return (
    <Panel title="Outcomes" end={<Legend items={legend} />}>
      <OutcomesChart
        points={points}
        label="Postbacks by outcome in six-hour steps, last seven days"
        note="Accepted above the line, not accepted below it on a scale of its own. Six-hour steps by when the postback was made, last 7 days."
      />
    </Panel>
  );
}

const TOP = 6;

export function CausesPanel({ attention }: { attention: Attention }) {
  const shown = attention.causes.slice(0, TOP);
  const rest = attention.causes.length - shown.length;
  const { parked } = attention;
  const most = Math.max(1, ...shown.map((cause) => cause.unpaid[0]?.minor ?? 0));
  const mostCount = Math.max(1, ...shown.map((cause) => cause.count));
  const items = shown.map((cause): BarItem => {
    const money = cause.unpaid[0];
    return {
      key: cause.key,
      to: links.cause(cause),
      name: <span title={cause.title}>{cause.short}</span>,
      detail: causeDetail(cause),
      count: formatCount(cause.count),
      money: moneyWords(cause.unpaid) || <span className="c3">unknown</span>,
      share: money ? money.minor / most : attention.unpaid.length === 0 ? cause.count / mostCount : 0,
      meaning: cause.moving ? 'waiting' : 'needs',
    };
  });
  return (
    <Panel
      title="Causes by unpaid money"
      end={
        <Link className="link" to={links.attention}>
          All issues
        </Link>
      }
      padded={false}
    >
      {items.length === 0 ? (
        <EmptyState kind="done" title="Nothing fails">
          Every postback was accepted, or is on its way.
        </EmptyState>
      ) : (
        <BarList
          items={items}
          total={{
            // count and money of the same postbacks: what retries by itself is no unpaid money yet
            label: attention.retrying > 0 ? 'Total without what retries' : 'Total',
            count: formatCount(attention.count),
            money: moneyWords(attention.unpaid) || (attention.count === 0 ? 'none' : 'unknown'),
          }}
        />
      )}
      {(rest > 0 || attention.sampled || parked.count > 0) && (
        <p className="c3 text-12 px-4 pb-3">
          {parked.count > 0 && <Parked parked={parked} />}
          {rest > 0 &&
            `${rest}${attention.more ? '+' : ''} more ${rest === 1 ? 'cause' : 'causes'} in the total. `}
          {attention.sampled && 'Of those that retry, the newest 2,000 were looked at: there are more.'}
        </p>
      )}
    </Panel>
  );
}

/** What waits until its cause is gone: none of it is lost. */
function Parked({ parked }: { parked: Attention['parked'] }) {
  const money = moneyWords(parked.unpaid);
  const unknown = parked.unknown > 0 ? ` (${formatCount(parked.unknown)} of unknown payout)` : '';
  return (
    <>
      <Link className="link" to={links.parked}>
        {formatCount(parked.count)} parked
      </Link>
      {money === '' ? '' : `, ${money}`}
      {unknown}: sent in order once their cause is gone.{' '}
    </>
  );
}

function causeDetail({ network, campaigns, moving, parked, unknown, unpaid }: Cause): string {
  const where =
    campaigns.length === 1 ? campaigns[0] : campaigns.length > 1 ? `${campaigns.length} campaigns` : null;
  const worth = unknown > 0 && unpaid.length > 0 ? `${formatCount(unknown)} of unknown payout` : null;
  const held = moving ? 'retrying' : parked > 0 ? `${formatCount(parked)} parked` : null;
  return [network, where, held, worth].filter((word) => word !== null).join(' · ');
}

export function CalendarPanel({ releases, horizon }: { releases: readonly ReleaseDay[]; horizon: number }) {
  const zone = useZone();
  const { bars, series } = calendarBars(releases, zone, horizon);
  const unknown = releases.reduce((sum, day) => sum + day.unknown, 0);
  return (
    <Panel title="Release calendar" id="calendar" end={<Legend items={series} />}>
      {series.length === 0 ? (
        <EmptyState kind="empty" icon={CalendarDays} title="No payout is released in the next 14 days">
          {unknown > 0
            ? `${formatCount(unknown)} leads are, but the network did not say what they pay.`
            : 'A lead appears here when its holding period ends.'}
        </EmptyState>
      ) : (
        <DayBars
          label="Payouts released by day and currency, next 14 days"
          days={bars}
          series={series}
          horizon="7 days"
          {...(unknown > 0 ? { note: `${formatCount(unknown)} leads of unknown payout are not drawn.` } : {})}
        />
      )}
    </Panel>
  );
}

export function FunnelPanel({ funnel }: { funnel: FunnelToday }) {
  const open = funnel.postbacks - funnel.accepted;
  const many = (n: number, one: string, more: string) =>
    n === 0 ? null : `${formatCount(n)} ${n === 1 ? one : more}`;
  const words = (parts: (string | null)[]) => parts.filter((part) => part !== null).join(', ');
  const share = (part: number, whole: number, of: string) => {
    const text = percent(part, whole);
    return text === null ? `no ${of}` : `${text} of ${of}`;
  };
  const stages: FunnelStage[] = [
    { name: 'Captures', note: 'a tracking code seen on arrival', count: funnel.captures },
    {
      name: 'Conversions',
      note:
        funnel.conversions > funnel.captures
          ? 'also of earlier arrivals'
          : share(funnel.conversions, funnel.captures, 'captures'),
      count: funnel.conversions,
      lost: words([
        many(funnel.unattributed, 'without a code, nothing sent', 'without a code, nothing sent'),
        many(funnel.tests, 'test apart', 'tests apart'),
      ]),
    },
    {
      name: 'Postbacks',
      note: share(funnel.postbacks, funnel.conversions, 'conversions'),
      count: funnel.postbacks,
      lost: many(open, 'not accepted yet', 'not accepted yet') ?? '',
    },
    {
      name: 'Leads opened',
      note:
        funnel.leads > funnel.postbacks
          ? 'also of earlier postbacks'
          : share(funnel.leads, funnel.postbacks, 'postbacks'),
      count: funnel.leads,
      lost: words([many(funnel.duplicates, 'duplicate', 'duplicates')]),
    },
  ];
  return (
    <Panel title="From capture to lead" end="today" padded={false}>
      <Funnel stages={stages} />
    </Panel>
  );
}
