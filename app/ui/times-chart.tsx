import { lazy, type ReactNode, Suspense } from 'react';
import { formatMs } from '../platform/time-format.ts';
import { Brush } from './brush.tsx';
import { ChartTable } from './chart-table.tsx';
import { useHydrated } from './use-hydrated.ts';

export type TimesPoint = {
  key: string;
  /** The step in words: "Tue 12, 06:00 to 12:00". */
  label: string;
  /** Under the axis. */
  tick?: string;
  /** Durations in ms by series; null where nothing was measured. */
  values: Readonly<Record<string, number | null>>;
};
export type TimesSeries = { key: string; label: string; series: 1 | 2 | 3 | 4 | 5 | 6 };

const HEIGHT = 190;
/** Width of the axis at the left of the plot, px. */
const AXIS = 56;
const Plot = lazy(() => import('./times-plot.tsx'));

/** Durations over time as lines. Drawn in the browser only; the same numbers are in a table. */
export function TimesChart({
  points,
  series,
  label,
  note,
  onZoom,
}: {
  points: readonly TimesPoint[];
  series: readonly TimesSeries[];
  label: string;
  note?: ReactNode;
  /** Makes a stretch choosable, by dragging or by keys. */
  onZoom?: (first: number, last: number) => void;
}) {
  const hydrated = useHydrated();
  const rest = <div style={{ height: HEIGHT }} />;
  const text = (value: number | null | undefined) => (value == null ? 'none' : formatMs(value));
  const plot = (
    <div role="img" aria-label={label} style={{ height: HEIGHT }}>
      {hydrated ? (
        <Suspense fallback={rest}>
          <Plot points={points} series={series} height={HEIGHT} axis={AXIS} />
        </Suspense>
      ) : (
        rest
      )}
    </div>
  );
  const words = (point: TimesPoint): string =>
    `${point.label}: ${series.map((item) => `${item.label} ${text(point.values[item.key])}`).join(', ')}`;
  return (
    <div className="chartbox">
      {onZoom ? (
        <Brush label={label} bars={points.map(words)} left={AXIS} onZoom={onZoom}>
          {plot}
        </Brush>
      ) : (
        plot
      )}
      <div className="chart-foot">
        {note !== undefined && <p className="note">{note}</p>}
        <ChartTable
          caption={label}
          columns={series.map((item) => item.label)}
          rows={points.map((point) => ({
            key: point.key,
            label: point.label,
            values: series.map((item) => text(point.values[item.key])),
          }))}
        />
      </div>
    </div>
  );
}
