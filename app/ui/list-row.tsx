import { Link } from '@remix-run/react';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningVars } from './meaning.ts';

/** A two-line row of a list that is no table: an issue with its trend and money. Put it inside <li>. */
export function ListRow({
  to,
  current = false,
  meaning,
  icon,
  title,
  detail,
  trend,
  figure,
  figureDetail,
}: {
  to: string;
  current?: boolean;
  meaning: Meaning;
  icon: LucideIcon;
  title: ReactNode;
  detail: ReactNode;
  /** A `Sparkline`; left out on a phone. */
  trend?: ReactNode;
  figure: ReactNode;
  figureDetail?: ReactNode;
}) {
  return (
    <Link
      className="listrow"
      to={to}
      preventScrollReset
      aria-current={current ? 'true' : undefined}
      data-list-row
    >
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
    </Link>
  );
}
