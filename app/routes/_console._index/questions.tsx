import { CalendarDays, Hourglass } from 'lucide-react';
import type { Attention, DueLeads, OutcomeStep, ReleaseDay, Traffic } from '#app/modules/reports/schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatAxisDay, formatCount, localTime } from '#app/platform/time-format.ts';
import { Countdown, urgencyOf } from '#app/ui/countdown.tsx';
import type { Meaning } from '#app/ui/meaning.ts';
import { Stat } from '#app/ui/stat-strip.tsx';
import { Time } from '#app/ui/time.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { links } from './links.ts';
import { sumReleases } from './releases.ts';
import { moneyLine, moneyWords, percent } from './words.tsx';

const CAP = 100_000;
/** Under this share of first tries something is wrong with the traffic, though it flows. */
const WEAK_SHARE = 0.9;

export function FailingStat({
  attention,
  outcomes,
}: {
  attention: Attention;
  outcomes: readonly OutcomeStep[];
}) {
  const { count } = attention;
  const money = moneyLine(
    attention.unpaid,
    attention.unknown,
    attention.sampled ? 'unpaid at least' : 'unpaid',
  );
  return (
    <Stat
      meaning={count > 0 ? 'needs' : 'good'}
      question="Is anything failing now?"
      value={formatCount(Math.min(count, CAP), count > CAP)}
      unit={count === 1 ? 'needs attention' : 'need attention'}
      trend={outcomes.map((step) => step.failed + step.parked)}
      trendLabel="Postbacks that failed or are parked, by the six hours in which they were made, last seven days"
      money={money ?? 'No payout is held up'}
      detail={movingWords(attention)}
      link={count > 0 ? { to: links.attention, label: 'See why' } : { to: '/postbacks', label: 'Postbacks' }}
    />
  );
}

/** What waits for its cause to go, with its money; else what moves by itself. */
function movingWords({ parked, retrying }: Attention): string {
  if (parked.count > 0) {
    const money = moneyWords(parked.unpaid, { headline: true });
    return `${formatCount(parked.count)} parked${money === '' ? '' : `, ${money}`}`;
  }
  if (retrying === 0) return 'none is retrying';
  return `${formatCount(retrying)} ${retrying === 1 ? 'retries by itself' : 'retry by themselves'}`;
}

export function DueStat({ due }: { due: DueLeads }) {
  const now = useNow(60_000);
  const { first } = due;
  const urgency = first ? urgencyOf(Date.parse(first.disputeBy) - now) : null;
  const meaning: Meaning =
    urgency === null ? 'good' : urgency === 'soon' || urgency === 'plain' ? 'needs' : 'lost';
  return (
    <Stat
      meaning={meaning}
      {...(first ? { icon: Hourglass } : {})}
      question="What is due before it is lost?"
      value={formatCount(due.count)}
      unit={due.count === 1 ? 'lead within 72 h' : 'leads within 72 h'}
      {...(due.count > 0
        ? {
            trend: due.trend,
            trendLabel: 'Refunded leads by the six hours in which they fall due, next 72 hours',
          }
        : {})}
      money={moneyLine(due.atStake, due.unknown, 'at stake') ?? 'Nothing is at stake'}
      detail={
        first ? (
          <>
            first one in <Countdown deadline={first.disputeBy} icon={false} pastWord="Released" />
          </>
        ) : (
          'every refunded lead is disputed in time'
        )
      }
      link={due.count > 0 ? { to: links.due, label: 'Decide' } : { to: '/leads', label: 'Leads' }}
    />
  );
}

export function TrafficStat({ traffic, outcomes }: { traffic: Traffic; outcomes: readonly OutcomeStep[] }) {
  const { quiet, firstTried, firstAccepted, today, lastConversionAt } = traffic;
  const weak = firstTried > 0 && firstAccepted / firstTried < WEAK_SHARE;
  const share = percent(firstAccepted, firstTried);
  return (
    <Stat
      meaning={quiet || weak ? 'needs' : 'good'}
      question="Is traffic flowing?"
      value={share ?? formatCount(today)}
      unit={share === null ? 'tried yet today' : 'at first try'}
      // the step under way is left out: it would always look like a fall
      trend={outcomes.slice(0, -1).map(madeIn)}
      trendLabel="Postbacks made, by six hours, last seven days"
      money={
        <>
          <b>{formatCount(today)}</b> {today === 1 ? 'postback' : 'postbacks'} today
        </>
      }
      detail={<FlowWords quiet={quiet} last={lastConversionAt} />}
      link={{ to: links.today, label: 'Look' }}
    />
  );
}

function FlowWords({ quiet, last }: { quiet: Traffic['quiet']; last: string | null }) {
  if (last === null) return <>no conversion yet</>;
  if (!quiet) {
    return (
      <>
        last conversion <Time at={last} as="ago" />
      </>
    );
  }
  return (
    <span className="needs med" title={`In the same hours of other days there are usually ${quiet.usual}`}>
      Quiet since <Time at={quiet.since} />, usually {formatCount(quiet.usual)} by now
    </span>
  );
}

const madeIn = (step: OutcomeStep): number =>
  step.delivered + step.duplicate + step.waiting + step.retrying + step.parked + step.failed + step.canceled;

export function PayoutStat({ releases, horizon }: { releases: readonly ReleaseDay[]; horizon: number }) {
  const zone = useZone();
  const now = useNow(null);
  const week = releases.slice(0, horizon);
  const { sums, leads } = sumReleases(week);
  const [main, ...others] = sums;
  const next = week.find((day) => day.sums.length > 0);
  const besides = others.map((sum) => formatMoney(sum.minor, sum.currency, { headline: true })).join(', ');
  return (
    <Stat
      meaning="waiting"
      icon={CalendarDays}
      question="What will be paid out, and when?"
      value={
        main ? formatMoney(main.minor, main.currency, { headline: true }) : leads > 0 ? 'unknown' : 'Nothing'
      }
      unit="in 7 days"
      {...(main
        ? {
            trend: week.map((day) => day.sums.find((sum) => sum.currency === main.currency)?.minor ?? 0),
            trendLabel: `Payouts in ${main.currency} by day, next seven days`,
          }
        : {})}
      money={
        <>
          {besides !== '' && (
            <>
              <b>{besides}</b> besides,{' '}
            </>
          )}
          {besides === '' && 'from '}
          {formatCount(leads)} {leads === 1 ? 'lead' : 'leads'}
        </>
      }
      detail={
        next?.sums[0]
          ? `next: ${dayWords(next.from, now, zone)}, ${formatMoney(next.sums[0].minor, next.sums[0].currency, { headline: true })}`
          : 'no release is due'
      }
      link={{ to: links.held, label: 'Held leads' }}
    />
  );
}

/** "today", "tomorrow", else "Thu 14". */
function dayWords(from: string, now: number, zone: string): string {
  const away = localTime(from, zone).dayNumber - localTime(now, zone).dayNumber;
  return away <= 0 ? 'today' : away === 1 ? 'tomorrow' : formatAxisDay(from, zone);
}
