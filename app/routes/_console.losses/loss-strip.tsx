import { Link } from '@remix-run/react';
import clsx from 'clsx';
import { formatCount } from '#app/platform/time-format.ts';
import { Segmented } from '#app/ui/segmented.tsx';
import { sumWords } from '../_console.leads/lead-words.ts';
import type { LossesUrl } from './filters.ts';
import type { LossBar } from './loss-bars.ts';

/** Bars that stand in the strip; the rest is in the table behind it. */
const BARS = 24;

const money = ({ count, sums }: LossBar): string => sumWords(sums) || (count > 0 ? 'unknown' : 'nothing');

/**
 * What was lost month by month or campaign by campaign, as bars and as a table. A bar opens its losses, and closes
 * them again.
 */
export function LossStrip({
  by,
  bars,
  chosen,
  byHref,
  hrefOf,
}: {
  by: LossesUrl['by'];
  bars: readonly LossBar[];
  chosen: string | null;
  byHref: (by: LossesUrl['by']) => string;
  hrefOf: (key: string | null) => string;
}) {
  if (bars.length === 0) return null;
  const noun = by === 'month' ? 'month' : 'campaign';
  return (
    <section aria-label={`Losses by ${noun}`} className="border-b border-line px-4 md:px-5 py-2">
      <div className="flex flex-wrap items-start gap-3">
        <Segmented
          small
          className="shrink-0"
          label="Losses by"
          value={by}
          options={[
            { value: 'month', label: 'Months', to: byHref('month') },
            { value: 'campaign', label: 'Campaigns', to: byHref('campaign') },
          ]}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <nav aria-label={`Losses by ${noun}`} className="overflow-x-auto min-w-0 grow basis-60" tabIndex={0}>
          <ul className="flex gap-1">
            {bars.slice(0, BARS).map((bar) => (
              <li key={bar.key} className="shrink-0">
                <Bar bar={bar} chosen={chosen === bar.key} hrefOf={hrefOf} />
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <LossTable noun={noun} bars={bars} />
    </section>
  );
}

function Bar({
  bar,
  chosen,
  hrefOf,
}: {
  bar: LossBar;
  chosen: boolean;
  hrefOf: (key: string | null) => string;
}) {
  const content = (
    <>
      <span className="flex justify-between gap-3 text-12">
        <span className="c2 trunc max-w-40" title={bar.label}>
          {bar.label}
        </span>
        <span className="c3 num">{formatCount(bar.count)}</span>
      </span>
      <span className={clsx('num med nowrap block', bar.count > 0 ? 'lost' : 'c3')}>{money(bar)}</span>
      <span aria-hidden="true" className="mt-1 block h-1 rounded-1 bg-bg-sunken">
        <span
          className="block h-1 rounded-1 bg-lost-solid"
          style={{ width: `${Math.round(bar.share * 100)}%` }}
        />
      </span>
    </>
  );
  const look = 'block min-w-28 rounded-2 px-2 py-1';
  // losses whose campaign is not known cannot be asked for by it
  if (bar.key === '') return <span className={look}>{content}</span>;
  return (
    <Link
      to={hrefOf(chosen ? null : bar.key)}
      preventScrollReset
      aria-current={chosen ? 'true' : undefined}
      className={clsx(look, 'hover:bg-bg-hover', chosen && 'bg-bg-selected')}
    >
      {content}
    </Link>
  );
}

/** The same numbers as a table, folded away: for screen readers and for copying. */
function LossTable({ noun, bars }: { noun: string; bars: readonly LossBar[] }) {
  return (
    <details className="chart-data">
      <summary>Show as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={`Losses by ${noun}, as a table`}>
        <table>
          <caption className="sr">Losses by {noun}</caption>
          <thead>
            <tr>
              <th scope="col">{noun === 'month' ? 'Month' : 'Campaign'}</th>
              <th scope="col">Payouts lost</th>
              <th scope="col">Money lost</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.key}>
                <th scope="row">{bar.label}</th>
                <td>{formatCount(bar.count)}</td>
                <td>{money(bar)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
