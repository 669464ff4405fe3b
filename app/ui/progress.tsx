import type { CSSProperties, ReactNode } from 'react';
import { formatCount } from '../platform/time-format.ts';

/** How far a long job is. Without `max` only that it goes on. */
export function Progress({ value, max, label }: { value: number; max: number | null; label: string }) {
  const share = max ? Math.min(100, (value / max) * 100) : 100;
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max ?? undefined}
      aria-valuenow={max === null ? undefined : value}
      style={{ '--w': `${share}%` } as CSSProperties}
    />
  );
}

/** A named bulk job with its progress, what came out so far, and the way to stop it. */
export function JobProgress({
  title,
  done,
  total,
  action,
  children,
}: {
  title: string;
  done: number;
  total: number;
  /** The button that stops it. */
  action?: ReactNode;
  /** "127 accepted, 1 duplicate, 0 refused. You can leave; it goes on." */
  children?: ReactNode;
}) {
  return (
    <div className="panel job">
      <div className="row">
        <span className="med grow">{title}</span>
        <span className="num c3 nowrap">
          {formatCount(done)} of {formatCount(total)}
        </span>
        {action}
      </div>
      <Progress value={done} max={total} label={title} />
      <p className="c3 num text-12" role="status">
        {children}
      </p>
    </div>
  );
}
