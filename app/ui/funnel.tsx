import type { CSSProperties, ReactNode } from 'react';
import { formatCount } from '../platform/time-format.ts';

export type FunnelStage = { name: string; note?: ReactNode; count: number; lost?: ReactNode };

/** From capture to lead: each stage as a bar of the first one. */
export function Funnel({ stages }: { stages: readonly FunnelStage[] }) {
  const first = stages[0]?.count || 1;
  return (
    <ol className="fun">
      {stages.map((stage) => (
        <li key={stage.name}>
          <span className="fl">
            <b>{stage.name}</b>
            <span className="c3">{stage.note}</span>
          </span>
          <span className="fb" aria-hidden="true">
            <i
              style={
                { '--w': `${Math.min(100, Math.round((stage.count / first) * 1000) / 10)}%` } as CSSProperties
              }
            />
          </span>
          <span className="fn">{formatCount(stage.count)}</span>
          <span className="fx num">{stage.lost}</span>
        </li>
      ))}
    </ol>
  );
}
