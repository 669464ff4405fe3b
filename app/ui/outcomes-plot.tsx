import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount } from '../platform/time-format.ts';
import type { ChartSeries } from './chart-frame.tsx';
import { formatAxis, niceStep } from './chart-scale.ts';
import type { OutcomePoint } from './outcomes-chart.tsx';

type PlotProps = {
  points: readonly OutcomePoint[];
  up: readonly ChartSeries[];
  down: readonly ChartSeries[];
  height: number;
  axis: number;
  /** Whether the last name under the axis stands out. */
  markLast: boolean;
};

/** Above the line three steps of one scale; below it one step of another, at 40 % of the height. */
const ABOVE = 3;
const BELOW = 1.25;
const sum = (point: OutcomePoint, series: readonly ChartSeries[]) =>
  series.reduce((total, item) => total + (point.values[item.key] ?? 0), 0);

/** The drawing of `OutcomesChart`; loaded on its own because Recharts is large and renders nothing on servers. */
export default function OutcomesPlot({ points, up, down, height, axis: axisWidth, markLast }: PlotProps) {
  const step = niceStep(Math.max(...points.map((point) => sum(point, up)), 1), ABOVE);
  const deep = niceStep(Math.max(...points.map((point) => sum(point, down)), 1), 1);
  const drawn = points.map((point) => ({
    point,
    name: point.key,
    ...Object.fromEntries(up.map((item) => [item.key, (point.values[item.key] ?? 0) / step])),
    ...Object.fromEntries(down.map((item) => [item.key, (-(point.values[item.key] ?? 0) / deep) * BELOW])),
  }));
  const ticks = new Map(points.map((point) => [point.key, point.tick]));
  const lastNamed = markLast ? points.findLast((point) => point.tick !== undefined)?.key : undefined;
  const axis = (value: number) => (value < 0 ? formatAxis(deep) : formatAxis(value * step));
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height }}>
      <BarChart
        data={drawn}
        stackOffset="sign"
        accessibilityLayer={false}
        barCategoryGap="10%"
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="name"
          interval={0}
          height={24}
          tickLine={false}
          axisLine={false}
          tick={<DayTick ticks={ticks} last={lastNamed} />}
        />
        <YAxis
          width={axisWidth}
          domain={[-BELOW, ABOVE]}
          ticks={[-BELOW, 0, 1, 2, ABOVE]}
          tickFormatter={axis}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          cursor={{ fill: 'var(--bg-active)', fillOpacity: 0.5 }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point: OutcomePoint | undefined = active ? payload?.[0]?.payload?.point : undefined;
            return point ? <Tip point={point} series={[...up, ...down]} /> : null;
          }}
        />
        {[...up, ...down].map((item) => (
          <Bar
            key={item.key}
            dataKey={item.key}
            stackId="outcomes"
            fill={`var(--series-${item.series})`}
            isAnimationActive={false}
          />
        ))}
        <ReferenceLine y={0} stroke="var(--fg-3)" />
      </BarChart>
    </ResponsiveContainer>
  );
}

type DayTickProps = {
  ticks: ReadonlyMap<string, string | undefined>;
  last: string | undefined;
  x?: number;
  y?: number;
  payload?: { value: string };
};

function DayTick({ ticks, last, x = 0, y = 0, payload }: DayTickProps) {
  const text = payload && ticks.get(payload.value);
  if (!text) return null;
  const today = payload.value === last;
  return (
    <text
      className="recharts-text"
      x={x}
      y={y + 8}
      textAnchor="middle"
      style={today ? { fill: 'var(--fg)', fontWeight: 520 } : undefined}
    >
      {text}
    </text>
  );
}

function Tip({ point, series }: { point: OutcomePoint; series: readonly ChartSeries[] }) {
  return (
    <div className="chart-tip">
      <p className="med">{point.label}</p>
      <dl>
        {series.map((item) => (
          <div key={item.key} className="contents">
            <dt className="k">
              <i style={{ background: `var(--series-${item.series})` }} />
              {item.label}
            </dt>
            <dd>{formatCount(point.values[item.key] ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
