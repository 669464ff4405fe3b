import { Link } from '@remix-run/react';
import clsx from 'clsx';
import type { LossMonth } from '#app/modules/disputes/index.server.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { sumWords } from '../_console.leads/lead-words.ts';

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Nov 2026" of "2026-11". */
export const monthName = (key: string): string =>
  `${NAMES[Number(key.slice(5, 7)) - 1] ?? '?'} ${key.slice(0, 4)}`;

/** Months from the first loss on, each with its bar: a share of the dearest month in the currency lost most of. */
export function barsOf(months: readonly LossMonth[]): (LossMonth & { share: number })[] {
  const first = months.findIndex((month) => month.count > 0);
  if (first < 0) return [];
  const totals = new Map<string, number>();
  for (const { currency, minor } of months.flatMap((month) => month.sums))
    totals.set(currency, (totals.get(currency) ?? 0) + minor);
  const main = [...totals].sort((a, b) => b[1] - a[1])[0]?.[0];
  const inMain = (month: LossMonth): number => month.sums.find((sum) => sum.currency === main)?.minor ?? 0;
  const most = Math.max(1, ...months.map(inMain));
  return months.slice(first).map((month) => ({ ...month, share: inMain(month) / most }));
}

/** What was lost month by month; a month opens its losses, and closes them again. */
export function MonthStrip({
  months,
  chosen,
  hrefOf,
}: {
  months: readonly LossMonth[];
  chosen: string | null;
  hrefOf: (month: string | null) => string;
}) {
  const bars = barsOf(months);
  if (bars.length === 0) return null;
  return (
    <nav aria-label="Losses by month" className="overflow-x-auto border-b border-line">
      <ul className="flex gap-1 px-5 py-2">
        {bars.map(({ key, sums, count, share }) => (
          <li key={key} className="shrink-0">
            <Link
              to={hrefOf(chosen === key ? null : key)}
              aria-current={chosen === key ? 'true' : undefined}
              className={clsx(
                'block min-w-28 rounded-2 px-2 py-1 hover:bg-bg-hover',
                chosen === key && 'bg-bg-selected',
              )}
            >
              <span className="flex justify-between gap-3 text-12">
                <span className="c2">{monthName(key)}</span>
                <span className="c3 num">{formatCount(count)}</span>
              </span>
              <span className={clsx('num med nowrap block', count > 0 ? 'lost' : 'c3')}>
                {sumWords(sums) || (count > 0 ? 'unknown' : 'nothing')}
              </span>
              <span aria-hidden="true" className="mt-1 block h-1 rounded-1 bg-bg-sunken">
                <span
                  className="block h-1 rounded-1 bg-lost-solid"
                  style={{ width: `${Math.round(share * 100)}%` }}
                />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
