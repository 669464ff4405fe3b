import { useNavigate } from '@remix-run/react';
import type { DeliveryReport } from '#app/modules/metrics/delivery-schema.ts';
import type { ChartSeries } from '#app/ui/chart-frame.tsx';
import { OutcomesChart } from '#app/ui/outcomes-chart.tsx';
import { Legend, Panel } from '#app/ui/panel.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { TimesChart } from '#app/ui/times-chart.tsx';
import { barLabel, NARROW_TICKS, stepWords, ticksOf, WIDE_TICKS } from './bar-words.ts';
import { type DeliveryState, hrefWith } from './filters.ts';

const UP: readonly ChartSeries[] = [
  { key: 'accepted', label: 'Accepted', series: 1 },
  { key: 'duplicate', label: 'Duplicate', series: 2 },
];
const DOWN: readonly ChartSeries[] = [
  { key: 'retryable', label: 'To be retried', series: 3 },
  { key: 'interrupted', label: 'Interrupted', series: 4 },
  { key: 'rejected', label: 'Refused', series: 5 },
];
const TIMES: readonly ChartSeries[] = [
  { key: 'p50', label: 'p50', series: 1 },
  { key: 'p95', label: 'p95', series: 3 },
];

/** Goes to the stretch between two bars; the step back in the browser's history is the way out. */
function useZoom(report: DeliveryReport, state: DeliveryState): (first: number, last: number) => void {
  const navigate = useNavigate();
  return (first, last) => {
    const [from, to] = [report.bars[first]?.from, report.bars[last]?.to];
    if (from !== undefined && to !== undefined)
      navigate(hrefWith(state, { between: { from, to } }), { preventScrollReset: true });
  };
}

function usePoints(report: DeliveryReport, most: number) {
  const zone = useZone();
  const now = new Date(useNow(null)).toISOString();
  const ticks = ticksOf(report.bars, report.barMs, zone, now, most);
  return report.bars.map((bar, i) => {
    const tick = ticks[i];
    const point = { key: bar.from, label: barLabel(bar, report.barMs, zone) };
    return { bar, point: tick === undefined ? point : { ...point, tick } };
  });
}

export function OutcomesPanel({ report, state }: { report: DeliveryReport; state: DeliveryState }) {
  const zoom = useZoom(report, state);
  const points = usePoints(report, WIDE_TICKS).map(({ bar, point }) => {
    const { accepted, duplicate, retryable, interrupted, rejected } = bar;
    return { ...point, values: { accepted, duplicate, retryable, interrupted, rejected } };
  });
  const legend = [...UP, ...DOWN].map(({ label, series }) => ({ label, series }));
  return (
    <Panel title="Attempts by outcome" end={<Legend items={legend} />}>
      <OutcomesChart
        points={points}
        up={UP}
        down={DOWN}
        markLast={false}
        label={`Attempts by outcome in ${stepWords(report.barMs)}`}
        note={`By when the attempt ended, in ${stepWords(report.barMs)}; not accepted below the line, on a scale of its own. Drag over it to zoom, or use the arrow keys, Shift and ⏎.`}
        onZoom={zoom}
      />
    </Panel>
  );
}

export function TimesPanel({ report, state }: { report: DeliveryReport; state: DeliveryState }) {
  const zoom = useZoom(report, state);
  const points = usePoints(report, NARROW_TICKS).map(({ bar, point }) => ({
    ...point,
    values: { p50: bar.p50, p95: bar.p95 },
  }));
  return (
    <Panel
      title="Time to delivered"
      end={<Legend items={TIMES.map(({ label, series }) => ({ label, series }))} />}
    >
      <TimesChart
        points={points}
        series={TIMES}
        label={`Time from conversion to acceptance in ${stepWords(report.barMs)}`}
        note="Half (p50) and 95 % (p95) were accepted within this time of the conversion's arrival; at most a quarter off."
        onZoom={zoom}
      />
    </Panel>
  );
}
