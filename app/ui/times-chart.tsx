import { lazy, type ReactNode } from 'react';
import { formatMs } from '../platform/time-format.ts';
import { ChartFrame, type ChartSeries } from './chart-frame.tsx';

export type TimesPoint = {
  key: string;
  /** The step in words: "Tue 12, 06:00 to 12:00". */
  label: string;
  /** Under the axis. */
  tick?: string;
  /** Durations in ms by series; null where nothing was measured. */
  values: Readonly<Record<string, number | null>>;
};

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
  series: readonly ChartSeries[];
  label: string;
  note?: ReactNode;
  /** Makes a stretch choosable, by dragging or by keys. */
  onZoom?: (first: number, last: number) => void;
}) {
  const text = (value: number | null | undefined) => (value == null ? 'none' : formatMs(value));
  return (
    <ChartFrame
      {...{ label, note, series, onZoom }}
      height={HEIGHT}
      axis={AXIS}
      steps={points.map((point) => ({
        key: point.key,
        label: point.label,
        values: series.map((item) => text(point.values[item.key])),
      }))}
      words={(name, value) => `${name} ${value}`}
    >
      <Plot points={points} series={series} height={HEIGHT} axis={AXIS} />
    </ChartFrame>
  );
}
