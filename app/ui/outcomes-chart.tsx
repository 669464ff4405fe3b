import { lazy, type ReactNode, Suspense } from 'react';
import { formatCount } from '../platform/time-format.ts';
import { ChartTable } from './chart-table.tsx';
import { useHydrated } from './use-hydrated.ts';

export type ChartSeries = { key: string; label: string; series: 1 | 2 | 3 | 4 | 5 | 6 };

export type OutcomePoint = {
  key: string;
  /** The step in words: "Tue 12, 06:00 to 12:00". */
  label: string;
  /** Under the axis, on the first step of a day. */
  tick?: string;
  values: Readonly<Record<string, number>>;
};

/** What stands above the waterline, in the order used everywhere. */
export const ACCEPTED_SERIES: readonly ChartSeries[] = [
  { key: 'delivered', label: 'Delivered', series: 1 },
  { key: 'duplicate', label: 'Duplicate', series: 2 },
];

/** What hangs below it, on a scale of its own. */
export const NOT_ACCEPTED_SERIES: readonly ChartSeries[] = [
  { key: 'retrying', label: 'Retrying', series: 3 },
  { key: 'parked', label: 'Parked', series: 4 },
  { key: 'failed', label: 'Failed or exhausted', series: 5 },
];

const HEIGHT = 250;
const Plot = lazy(() => import('./outcomes-plot.tsx'));

/**
 * Outcomes over time with a waterline: accepted above, not accepted below on its own stated scale. Drawn in the
 * browser only, in a box of fixed height; the same numbers are in a table for everyone who asks for it.
 */
export function OutcomesChart({
  points,
  label,
  note,
  up = ACCEPTED_SERIES,
  down = NOT_ACCEPTED_SERIES,
}: {
  points: readonly OutcomePoint[];
  /** "Postbacks by outcome in six-hour steps, last seven days" */
  label: string;
  /** A line below: what is counted, in which steps. */
  note?: ReactNode;
  up?: readonly ChartSeries[];
  down?: readonly ChartSeries[];
}) {
  const hydrated = useHydrated();
  const series = [...up, ...down];
  const rest = <div style={{ height: HEIGHT }} />;
  return (
    <div className="chartbox">
      <div role="img" aria-label={label} style={{ height: HEIGHT }}>
        {hydrated ? (
          <Suspense fallback={rest}>
            <Plot points={points} up={up} down={down} height={HEIGHT} />
          </Suspense>
        ) : (
          rest
        )}
      </div>
      <div className="chart-foot">
        {note !== undefined && <p className="note">{note}</p>}
        <ChartTable
          caption={label}
          columns={series.map((item) => item.label)}
          rows={points.map((point) => ({
            key: point.key,
            label: point.label,
            values: series.map((item) => formatCount(point.values[item.key] ?? 0)),
          }))}
        />
      </div>
    </div>
  );
}
