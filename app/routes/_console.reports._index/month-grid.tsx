import { Link } from '@remix-run/react';
import clsx from 'clsx';
import { TriangleAlert } from 'lucide-react';
import type { PayoutCalendar, PayoutDay } from '#app/modules/reports/payout-schema.ts';
import type { LeadsNarrowing } from '#app/modules/reports/report-filter-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Icon } from '#app/ui/icon.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { leadsHref } from '../_console.reports/filters.ts';
import { leadsWords, moneyWords } from '../_console.reports/sums.tsx';
import { currenciesOf, dayOf, dayWords, monthWords, WEEKDAYS, weeksOf } from './month-words.ts';

/** Currencies told in a cell; the others are in its words and in the list of leads. */
const IN_CELL = 2;

/** The month as a calendar; a day opens its leads. On a phone a list of the days that pay something. */
export function MonthGrid({ calendar, filter }: { calendar: PayoutCalendar; filter: LeadsNarrowing }) {
  const { days, blanks } = calendar;
  const currencies = currenciesOf(calendar);
  const paying = days.filter((day) => day.held.count + day.released.count > 0);
  return (
    <Panel
      title={monthWords(calendar.month)}
      end={<span className="c3 text-12">a day opens its leads</span>}
      padded={false}
    >
      <table className="hide-s w-full table-fixed border-collapse text-12">
        <caption className="sr">Payouts by day, {monthWords(calendar.month)}</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col" className="c3 px-2 py-1 text-left font-normal">
                <abbr title={name} className="no-underline">
                  {name.slice(0, 3)}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days, blanks).map((week, i) => (
            <tr key={week.find((day) => day !== null)?.key ?? i}>
              {WEEKDAYS.map((name, column) => {
                const day = week[column] ?? null;
                return (
                  <td key={name} className="h-20 border-t border-line p-0 align-top not-first:border-l">
                    {day && <Day day={day} filter={filter} blanks={blanks} currencies={currencies} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="only-s">
        <ul className="w-full" aria-label="Days with payouts">
          {paying.length === 0 && <li className="c3 px-4 py-3">Nothing releases in this month.</li>}
          {paying.map((day) => (
            <li key={day.key} className="border-t border-line">
              <Link to={hrefOf(day, filter)} className="flex items-baseline gap-3 px-4 py-2">
                <span className={clsx('w-20 shrink-0', day.when === 'today' && 'semi')}>
                  {dayWords(day.key, blanks)}
                </span>
                <span className="grow r num">{moneyWords(amountOf(day), true)}</span>
                {day.atRisk.count > 0 && <Risk day={day} />}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

/** What stands for a day: what it will pay, or, once it is over, what it paid; today both together. */
function amountOf(day: PayoutDay): PayoutDay['held'] {
  if (day.when === 'past') return day.released;
  if (day.when === 'coming' || day.released.count === 0) return day.held;
  const sums = new Map(day.held.sums.map((sum) => [sum.currency, { ...sum }]));
  for (const { currency, minor, count } of day.released.sums) {
    const sum = sums.get(currency);
    sums.set(currency, {
      currency,
      minor: minor + (sum?.minor ?? 0),
      count: count + (sum?.count ?? 0),
    });
  }
  return {
    count: day.held.count + day.released.count,
    unknown: day.held.unknown + day.released.unknown,
    sums: [...sums.values()],
  };
}

/** The leads of a day: what is still to be released, or, where nothing is, what was. */
const hrefOf = (day: PayoutDay, filter: LeadsNarrowing): string =>
  leadsHref(filter, {
    holdState: day.held.count > 0 ? 'pending_release' : 'released',
    releaseFrom: day.from,
    releaseTo: day.to,
  });

function Risk({ day }: { day: PayoutDay }) {
  return (
    <span className="needs nowrap" title={`${moneyWords(day.atRisk)} refunded and not decided`}>
      <Icon icon={TriangleAlert} size={12} />
      <span className="num"> {formatCount(day.atRisk.count)}</span>
      <span className="sr"> at risk: {moneyWords(day.atRisk)}</span>
    </span>
  );
}

function Day({
  day,
  filter,
  blanks,
  currencies,
}: {
  day: PayoutDay;
  filter: LeadsNarrowing;
  blanks: number;
  currencies: readonly string[];
}) {
  const amount = amountOf(day);
  const number = (
    <span className="flex items-center gap-2">
      <span
        className={clsx('num', day.when === 'today' ? 'semi' : 'c2')}
        {...(day.when === 'today' ? { 'aria-current': 'date' as const } : {})}
      >
        {dayOf(day.key)}
        <span className="sr">
          , {dayWords(day.key, blanks)}
          {day.when === 'today' ? ', today' : ''}
        </span>
      </span>
      {day.when === 'today' && <span className="c3">today</span>}
      <span className="grow" />
      {day.atRisk.count > 0 && <Risk day={day} />}
    </span>
  );
  if (amount.count === 0) return <div className="px-2 py-1">{number}</div>;
  const order = currencies.flatMap((currency) => amount.sums.find((sum) => sum.currency === currency) ?? []);
  const more = order.length - IN_CELL;
  return (
    <Link
      to={hrefOf(day, filter)}
      className={clsx('block h-full px-2 py-1 hover:bg-bg-hover', day.when === 'today' && 'bg-bg-selected')}
      title={`${dayWords(day.key, blanks)}: ${moneyWords(amount)} for ${leadsWords(amount.count)}`}
    >
      {number}
      {order.slice(0, IN_CELL).map(({ currency, minor }) => (
        <span key={currency} className={clsx('num trunc block', day.when === 'past' ? 'c2' : 'med')}>
          {formatMoney(minor, currency, { headline: true })}
        </span>
      ))}
      <span className="c3 block trunc">
        {more > 0 && `+${more} more · `}
        {leadsWords(amount.count)}
      </span>
    </Link>
  );
}
