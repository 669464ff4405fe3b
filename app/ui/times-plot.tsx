import { CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatMs } from '../platform/time-format.ts';
import type { ChartSeries } from './chart-frame.tsx';
import { niceStep } from './chart-scale.ts';
import type { TimesPoint } from './times-chart.tsx';

const PARTS = 3;

/** The drawing of `TimesChart`; loaded on its own because Recharts is large and renders nothing on servers. */
export default function TimesPlot({
  points,
  series,
  height,
  axis,
}: {
  points: readonly TimesPoint[];
  series: readonly ChartSeries[];
  height: number;
  axis: number;
}) {
  const values = points.flatMap((point) => series.map((item) => point.values[item.key] ?? 0));
  const step = niceStep(Math.max(...values, 1), PARTS);
  const drawn = points.map((point) => ({ point, name: point.key, ...point.values }));
  const ticks = new Map(points.map((point) => [point.key, point.tick ?? '']));
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height }}>
      <ComposedChart
        data={drawn}
        accessibilityLayer={false}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="name"
          scale="band"
          interval={0}
          height={24}
          tickLine={false}
          axisLine={false}
          tick={({
            x,
            y,
            payload,
          }: {
            x?: number | string;
            y?: number | string;
            payload?: { value: string };
          }) => (
            <text className="recharts-text" x={x} y={Number(y) + 8} textAnchor="middle">
              {payload && ticks.get(payload.value)}
            </text>
          )}
        />
        <YAxis
          width={axis}
          domain={[0, step * PARTS]}
          ticks={Array.from({ length: PARTS + 1 }, (_, i) => i * step)}
          tickFormatter={(value: number) => (value === 0 ? '0' : formatMs(value))}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          cursor={{ stroke: 'var(--fg-3)', strokeDasharray: '2 3' }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point: TimesPoint | undefined = active ? payload?.[0]?.payload?.point : undefined;
            return point ? <Tip point={point} series={series} /> : null;
          }}
        />
        {series.map((item) => (
          <Line
            key={item.key}
            dataKey={item.key}
            stroke={`var(--series-${item.series})`}
            strokeWidth={2}
            dot={{ r: 2 }}
            connectNulls
            isAnimationActive={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function Tip({ point, series }: { point: TimesPoint; series: readonly ChartSeries[] }) {
  return (
    <div className="chart-tip">
      <p className="med">{point.label}</p>
      <dl>
        {series.map((item) => {
          const value = point.values[item.key];
          return (
            <div key={item.key} className="contents">
              <dt className="k">
                <i style={{ background: `var(--series-${item.series})` }} />
                {item.label}
              </dt>
              <dd>{value == null ? 'none' : formatMs(value)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
