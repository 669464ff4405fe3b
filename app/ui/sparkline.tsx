import clsx from 'clsx';
import { type Meaning, meaningVars } from './meaning.ts';

const INSET = 2;

/** A trend without axes, drawn on the server. Decoration unless it has a label. */
export function Sparkline({
  points,
  meaning = 'neutral',
  width = 64,
  height = 24,
  dot = true,
  label,
}: {
  points: readonly number[];
  meaning?: Meaning;
  width?: number;
  height?: number;
  /** Marks the newest value. */
  dot?: boolean;
  label?: string;
}) {
  const drawn = place(points, width, height);
  const last = drawn.at(-1);
  if (!last) return null;
  return (
    <svg
      className={clsx('spark', meaningVars(meaning))}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
    >
      <path d={drawn.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join(' ')} />
      {dot && <circle cx={last[0]} cy={last[1]} r="2.25" />}
    </svg>
  );
}

/** Points in pixels; a flat line lies in the middle. */
function place(points: readonly number[], width: number, height: number): [number, number][] {
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const step = points.length > 1 ? width / (points.length - 1) : 0;
  const span = height - 2 * INSET;
  return points.map((value, i) => {
    const share = high === low ? 0.5 : (value - low) / (high - low);
    return [round(i * step), round(height - INSET - share * span)];
  });
}

const round = (value: number) => Math.round(value * 10) / 10;
