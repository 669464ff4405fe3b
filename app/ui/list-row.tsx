import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningVars } from './meaning.ts';

export type ListRowProps = {
  meaning: Meaning;
  icon: LucideIcon;
  title: ReactNode;
  detail: ReactNode;
  /** A `Sparkline`; left out on a phone. */
  trend?: ReactNode;
  figure: ReactNode;
  figureDetail?: ReactNode;
};

/** The inside of a two-line row: an issue with its trend and money. */
export function ListRow({ meaning, icon, title, detail, trend, figure, figureDetail }: ListRowProps) {
  return (
    <>
      <span className={clsx('ico', meaningVars(meaning))}>
        <Icon icon={icon} />
      </span>
      <span className="t">
        <span className="med trunc">{title}</span>
        <span className="c3 trunc">{detail}</span>
      </span>
      <span className="sp">{trend}</span>
      <span className="n">
        <b>{figure}</b>
        {figureDetail !== undefined && <span className="c3">{figureDetail}</span>}
      </span>
    </>
  );
}
