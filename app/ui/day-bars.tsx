import type { ReactNode } from 'react';
import { formatAxis, niceStep } from './chart-scale.ts';
import { ChartTable } from './chart-table.tsx';

export type DayBar = {
  key: string;
  /** In the table: "Thu 14 May". */
  label: string;
  /** Under the axis; leave out where it would crowd. */
  tick?: string;
  /** One number per series, in comparable units; and the same as people read it. */
  values: readonly number[];
  texts: readonly string[];
  /** Beyond the horizon the page speaks of: drawn fainter. */
  faded?: boolean;
  /** The day the eye should find: today. */
  strong?: boolean;
};

const BOX = { width: 600, height: 224, left: 40, top: 10, bottom: 24 };
const STEPS = 2;

/** Bars by day and series (a release calendar, an issue's hours), drawn on the server. */
export function DayBars({
  label,
  days,
  series,
  height = BOX.height,
  horizon,
  note,
}: {
  label: string;
  days: readonly DayBar[];
  series: readonly { label: string; series: 1 | 2 | 3 | 4 | 5 | 6 }[];
  height?: number;
  /** A dashed line before the first faded day: "7 days". */
  horizon?: string;
  note?: ReactNode;
}) {
  const floor = height - BOX.bottom;
  const step = niceStep(Math.max(1, ...days.flatMap((day) => day.values)), STEPS);
  const y = (value: number) => floor - (value / (step * STEPS)) * (floor - BOX.top);
  const pitch = (BOX.width - BOX.left) / Math.max(days.length, 1);
  const edge = days.findIndex((day) => day.faded);
  return (
    <div className="scroll-x">
      <svg className="chart" viewBox={`0 0 ${BOX.width} ${height}`} role="img" aria-label={label}>
        {Array.from({ length: STEPS }, (_, i) => (i + 1) * step).map((value) => (
          <g key={value}>
            <line x1={BOX.left} x2={BOX.width} y1={y(value)} y2={y(value)} stroke="var(--chart-grid)" />
            <text x={BOX.left - 8} y={y(value) + 3.5} textAnchor="end">
              {formatAxis(value)}
            </text>
          </g>
        ))}
        {days.map((day, i) => (
          <Day
            key={day.key}
            day={day}
            x={BOX.left + i * pitch}
            pitch={pitch}
            y={y}
            floor={floor}
            series={series}
          />
        ))}
        <line x1={BOX.left} x2={BOX.width} y1={floor + 0.5} y2={floor + 0.5} stroke="var(--chart-axis)" />
        {horizon !== undefined && edge > 0 && (
          <g>
            <line
              x1={BOX.left + edge * pitch}
              x2={BOX.left + edge * pitch}
              y1={4}
              y2={floor}
              stroke="var(--chart-axis)"
              strokeDasharray="2 3"
            />
            <text x={BOX.left + edge * pitch - 6} y={11} textAnchor="end">
              {horizon}
            </text>
          </g>
        )}
      </svg>
      <div className="chart-foot">
        {note !== undefined && <p className="note">{note}</p>}
        <ChartTable
          caption={label}
          columns={series.map((item) => item.label)}
          rows={days.map((day) => ({ key: day.key, label: day.label, values: day.texts }))}
        />
      </div>
    </div>
  );
}

type DayProps = {
  day: DayBar;
  x: number;
  pitch: number;
  y: (value: number) => number;
  floor: number;
  series: readonly { series: number }[];
};

function Day({ day, x, pitch, y, floor, series }: DayProps) {
  const inner = pitch * (series.length > 1 ? 0.6 : 0.66);
  const width = (inner - 2 * (series.length - 1)) / series.length;
  const start = x + (pitch - inner) / 2;
  return (
    <g>
      {series.map((item, i) => {
        const top = y(day.values[i] ?? 0);
        return (
          <rect
            key={item.series}
            x={start + i * (width + 2)}
            y={top}
            width={width}
            height={Math.max(0, floor - top)}
            rx="1.5"
            fill={`var(--series-${item.series})`}
            opacity={day.faded ? 0.45 : undefined}
          >
            <title>{`${day.label}: ${day.texts[i] ?? ''}`}</title>
          </rect>
        );
      })}
      {day.tick !== undefined && (
        <text
          x={x + pitch / 2}
          y={floor + 18}
          textAnchor="middle"
          style={day.strong ? { fill: 'var(--fg)', fontWeight: 520 } : undefined}
        >
          {day.tick}
        </text>
      )}
    </g>
  );
}
