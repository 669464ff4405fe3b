import type { PayoutCalendar, PayoutSums } from '#app/modules/reports/payout-schema.ts';
import { currencyDecimals, formatMoney } from '#app/platform/money.ts';
import { DayBars } from '#app/ui/day-bars.tsx';
import { Legend, Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { hrefWith } from '../_console.reports/filters.ts';
import { currenciesOf, dayOf, dayWords, monthWords } from './month-words.ts';

const SERIES = [
  { label: 'Released', series: 2 },
  { label: 'To be released', series: 1 },
  { label: 'At risk', series: 3 },
] as const;
/** Every so many days one has its number under the axis. */
const TICK_EVERY = 5;
const CURRENCIES_MAX = 4;

const minorOf = ({ sums }: PayoutSums, currency: string): number =>
  sums.find((sum) => sum.currency === currency)?.minor ?? 0;

/** Payouts by day in one currency, as bars and as a table; currencies are never added. */
export function PayoutBars({ calendar, query }: { calendar: PayoutCalendar; query: URLSearchParams }) {
  const currencies = currenciesOf(calendar);
  const asked = query.get('bars');
  const currency = currencies.find((one) => one === asked) ?? currencies[0];
  if (currency === undefined)
    return (
      <Panel title="By day">
        <p className="c3">Nothing releases in this month.</p>
      </Panel>
    );
  const unit = 10 ** currencyDecimals(currency);
  const days = calendar.days.map((day) => {
    const minors = [
      minorOf(day.released, currency),
      minorOf(day.held, currency) - minorOf(day.atRisk, currency),
      minorOf(day.atRisk, currency),
    ];
    const bar = {
      key: day.key,
      label: dayWords(day.key, calendar.blanks),
      values: minors.map((minor) => minor / unit),
      texts: minors.map((minor) => formatMoney(minor, currency)),
      strong: day.when === 'today',
    };
    const number = dayOf(day.key);
    return number === 1 || number % TICK_EVERY === 0 ? { ...bar, tick: String(number) } : bar;
  });
  return (
    <Panel
      title={`By day in ${currency}`}
      end={
        <>
          {currencies.length > 1 && (
            <Segmented
              label="Currency of the bars"
              small
              value={currency}
              options={currencies
                .slice(0, CURRENCIES_MAX)
                .map((one) => ({ value: one, label: one, to: hrefWith(query, { bars: one }) }))}
            />
          )}
          <Legend items={SERIES} />
        </>
      }
    >
      <DayBars
        label={`Payouts by day in ${currency}, ${monthWords(calendar.month)}`}
        days={days}
        series={SERIES}
        note="At risk: refunded, and nobody has decided yet. It is paid when nobody disputes it in time."
      />
    </Panel>
  );
}
