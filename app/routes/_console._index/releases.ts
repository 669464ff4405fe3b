import type { CurrencySum, ReleaseDay } from '#app/modules/reports/schema.ts';
import { currencyDecimals, formatMoney } from '#app/platform/money.ts';
import { formatAxisDay, formatDay } from '#app/platform/time-format.ts';
import type { DayBar } from '#app/ui/day-bars.tsx';

/** Sums by currency over some days, the currency of most leads first, and how many leads there are in all. */
export function sumReleases(days: readonly ReleaseDay[]): { sums: CurrencySum[]; leads: number } {
  const byCurrency = new Map<string, CurrencySum>();
  let leads = 0;
  for (const day of days) {
    leads += day.unknown;
    for (const { currency, minor, count } of day.sums) {
      const sum = byCurrency.get(currency) ?? { currency, minor: 0, count: 0 };
      byCurrency.set(currency, { currency, minor: sum.minor + minor, count: sum.count + count });
      leads += count;
    }
  }
  return { sums: [...byCurrency.values()].sort((a, b) => b.count - a.count), leads };
}

/** Currencies drawn side by side; more would be unreadable, and are in the table below the chart only as text. */
const DRAWN = 3;
const SERIES = [1, 4, 3] as const;

export type CalendarSeries = { label: string; series: (typeof SERIES)[number] };

/** The release calendar as bars: one series a currency, in major units. `horizon` days from today are drawn in full. */
export function calendarBars(
  days: readonly ReleaseDay[],
  zone: string,
  horizon: number,
): { bars: DayBar[]; series: CalendarSeries[] } {
  const currencies = sumReleases(days)
    .sums.slice(0, DRAWN)
    .map((sum) => sum.currency);
  const series = currencies.map((label, i) => ({ label, series: SERIES[i] ?? 1 }));
  const bars = days.map((day, i) => {
    const minor = currencies.map((currency) => day.sums.find((sum) => sum.currency === currency)?.minor ?? 0);
    return {
      key: day.from,
      label:
        i === 0
          ? 'Today'
          : `${formatAxisDay(day.from, zone).split(' ')[0]} ${formatDay(day.from, day.from, zone)}`,
      ...(i % 2 === 0 ? { tick: i === 0 ? 'Today' : formatAxisDay(day.from, zone) } : {}),
      values: minor.map((value, at) => value / 10 ** currencyDecimals(currencies[at] as string)),
      texts: minor.map((value, at) => formatMoney(value, currencies[at] as string)),
      faded: i >= horizon,
      strong: i === 0,
    };
  });
  return { bars, series };
}
