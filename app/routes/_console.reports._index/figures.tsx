import { CircleCheck, Gavel, Hourglass, TriangleAlert } from 'lucide-react';
import type { PayoutCalendar } from '#app/modules/reports/payout-schema.ts';
import type { LeadsNarrowing } from '#app/modules/reports/report-filter-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Stat, StatStrip } from '#app/ui/stat-strip.tsx';
import { leadsHref } from '../_console.reports/filters.ts';
import { moneyWords } from '../_console.reports/sums.tsx';

/** What the month pays, what it may not, and what it has paid. */
export function PayoutFigures({
  total,
  filter,
  calendar,
}: {
  total: PayoutCalendar['total'];
  filter: LeadsNarrowing;
  calendar: PayoutCalendar;
}) {
  const bounds = { releaseFrom: calendar.days[0]?.from, releaseTo: calendar.days.at(-1)?.to };
  const to = (holdState: 'pending_release' | 'released') =>
    leadsHref(filter, {
      holdState,
      ...(bounds.releaseFrom === undefined ? {} : { releaseFrom: bounds.releaseFrom }),
      ...(bounds.releaseTo === undefined ? {} : { releaseTo: bounds.releaseTo }),
    });
  return (
    <StatStrip>
      <Stat
        meaning="neutral"
        icon={Hourglass}
        question="Still to be released"
        value={formatCount(total.held.count)}
        unit={total.held.count === 1 ? 'lead' : 'leads'}
        money={moneyWords(total.held, true)}
        link={{ to: to('pending_release'), label: 'Leads' }}
      />
      <Stat
        meaning={total.atRisk.count > 0 ? 'needs' : 'good'}
        icon={TriangleAlert}
        question="Of these at risk"
        value={formatCount(total.atRisk.count)}
        unit="refunded, not decided"
        money={moneyWords(total.atRisk, true)}
        link={{ to: '/refunds', label: 'Refunds' }}
      />
      <Stat
        meaning="waiting"
        icon={Gavel}
        question="In dispute"
        value={formatCount(total.disputing.count)}
        unit="not paid if taken"
        money={moneyWords(total.disputing, true)}
        detail="on their way to the network"
      />
      <Stat
        meaning="good"
        icon={CircleCheck}
        question="Released already"
        value={formatCount(total.released.count)}
        unit={total.released.count === 1 ? 'lead' : 'leads'}
        money={moneyWords(total.released, true)}
        {...(total.atOnce > 0 && {
          detail: `${formatCount(total.atOnce)} of them at once`,
        })}
        link={{ to: to('released'), label: 'Leads' }}
      />
    </StatStrip>
  );
}
