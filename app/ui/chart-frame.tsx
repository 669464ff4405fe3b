import { type ReactNode, Suspense } from 'react';
import { Brush } from './brush.tsx';
import { ChartTable } from './chart-table.tsx';
import { useHydrated } from './use-hydrated.ts';

/** What both charts say of a series. */
export type ChartSeries = { key: string; label: string; series: 1 | 2 | 3 | 4 | 5 | 6 };

/** One step of a chart: its words, and the text of each series' value. */
export interface ChartStep {
  key: string;
  label: string;
  values: readonly string[];
}

/**
 * What stands around a plot: a box of fixed height that waits for the browser, a stretch to choose where `onZoom` is
 * given, a note, and the same numbers as a table for everyone who asks for it.
 */
export function ChartFrame({
  label,
  note,
  height,
  axis,
  series,
  steps,
  words,
  onZoom,
  children,
}: {
  label: string;
  note: ReactNode;
  /** Both in px; the axis is at the left of the plot. */
  height: number;
  axis: number;
  series: readonly ChartSeries[];
  steps: readonly ChartStep[];
  /** A value beside the name of its series, as the brush reads a step out: "12 Delivered". */
  words: (name: string, value: string) => string;
  onZoom: ((first: number, last: number) => void) | undefined;
  /** The plot, loaded lazily. */
  children: ReactNode;
}) {
  const hydrated = useHydrated();
  const rest = <div style={{ height }} />;
  const plot = (
    <div role="img" aria-label={label} style={{ height }}>
      {hydrated ? <Suspense fallback={rest}>{children}</Suspense> : rest}
    </div>
  );
  const told = (step: ChartStep): string =>
    `${step.label}: ${series.map((item, i) => words(item.label, step.values[i] ?? '')).join(', ')}`;
  return (
    <div className="chartbox">
      {onZoom ? (
        <Brush label={label} bars={steps.map(told)} left={axis} onZoom={onZoom}>
          {plot}
        </Brush>
      ) : (
        plot
      )}
      <div className="chart-foot">
        {note !== undefined && <p className="note">{note}</p>}
        <ChartTable caption={label} columns={series.map((item) => item.label)} rows={steps} />
      </div>
    </div>
  );
}
