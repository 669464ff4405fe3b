import { lazy, type ReactNode } from 'react';
import { formatCount } from '../platform/time-format.ts';
import { ChartFrame, type ChartSeries } from './chart-frame.tsx';

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
/** Width of the axis at the left of the plot, px. */
const AXIS = 44;
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
  markLast = true,
  onZoom,
}: {
  points: readonly OutcomePoint[];
  /** "Postbacks by outcome in six-hour steps, last seven days" */
  label: string;
  /** A line below: what is counted, in which steps. */
  note?: ReactNode;
  up?: readonly ChartSeries[];
  down?: readonly ChartSeries[];
  /** Whether the last name under the axis is today's, and stands out. */
  markLast?: boolean;
  /** Makes a stretch choosable, by dragging or by keys; gets the numbers of its first and last step. */
  onZoom?: (first: number, last: number) => void;
}) {
  const series = [...up, ...down];
  return (
    <ChartFrame
      {...{ label, note, series, onZoom }}
      height={HEIGHT}
      axis={AXIS}
      steps={points.map((point) => ({
        key: point.key,
        label: point.label,
        values: series.map((item) => formatCount(point.values[item.key] ?? 0)),
      }))}
      words={(name, value) => `${value} ${name}`}
    >
      <Plot {...{ points, up, down, markLast }} height={HEIGHT} axis={AXIS} />
    </ChartFrame>
  );
}
