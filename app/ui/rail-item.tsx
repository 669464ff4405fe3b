import { NavLink } from '@remix-run/react';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { formatCount } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';

/** What needs a person there. `label` is read aloud: "5 open issues". Zero shows nothing. */
export type NavCount = { n: number; label: string; meaning?: 'needs' | 'lost' };

export type NavItem = {
  to: string;
  label: string;
  icon: LucideIcon;
  count?: NavCount | null | undefined;
  /** Current only on exactly this path (the overview). */
  end?: boolean;
};

/** A place in the rail or the tab bar with the number of what waits there. */
export function RailItem({
  to,
  label,
  icon,
  count,
  end = false,
  onClick,
}: NavItem & { onClick?: () => void }) {
  return (
    <NavLink to={to} end={end} className="item" title={label} onClick={onClick} prefetch="intent">
      <Icon icon={icon} />
      <span className="lb">{label}</span>
      <CountBadge count={count} />
    </NavLink>
  );
}

/** The number on a rail or tab item: seen as a figure, heard with its words. */
export function CountBadge({ count }: { count: NavCount | null | undefined }) {
  if (!count || count.n === 0) return null;
  return (
    <span className={clsx('count', count.meaning)}>
      <span aria-hidden="true">{count.n > 999 ? '999+' : formatCount(count.n)}</span>
      <span className="sr">, {count.label}</span>
    </span>
  );
}
