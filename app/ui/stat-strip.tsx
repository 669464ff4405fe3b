import { Link } from '@remix-run/react';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningClass, meaningIcon } from './meaning.ts';
import { Sparkline } from './sparkline.tsx';

/** The four questions of the overview in one row. */
export function StatStrip({ children }: { children: ReactNode }) {
  return <div className="panel kpis">{children}</div>;
}

export type StatProps = {
  meaning: Meaning;
  icon?: LucideIcon;
  /** The question: "Is anything failing now?" */
  question: string;
  /** The one number, already formatted, and what it counts. */
  value: ReactNode;
  unit: ReactNode;
  trend?: readonly number[];
  /** What the trend shows, for assistive technology. */
  trendLabel?: string;
  /** The money behind it. */
  money?: ReactNode;
  /** A quieter line, with the link to the filtered queue at its right. */
  detail?: ReactNode;
  link?: { to: string; label: string };
};

/** One question, its number, its trend, its money and the way to the queue. */
export function Stat({
  meaning,
  icon,
  question,
  value,
  unit,
  trend,
  trendLabel,
  money,
  detail,
  link,
}: StatProps) {
  return (
    <section className="kpi">
      <h2>
        <span className={clsx('mi', meaningClass(meaning))}>
          <Icon icon={icon ?? meaningIcon(meaning)} size={14} />
        </span>
        {question}
      </h2>
      <div className="big">
        <span>{value}</span>
        <span className="unit">{unit}</span>
        {trend && trend.length > 1 && (
          <span className="spk">
            <Sparkline
              points={trend}
              meaning={meaning}
              {...(trendLabel === undefined ? {} : { label: trendLabel })}
            />
          </span>
        )}
      </div>
      <p className="l2">{money}</p>
      <p className="l3">
        <span>{detail}</span>
        {link && (
          <Link className="link" to={link.to}>
            {link.label}
            <Icon icon={ArrowRight} size={12} />
          </Link>
        )}
      </p>
    </section>
  );
}
