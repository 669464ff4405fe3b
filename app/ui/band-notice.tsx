import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { type Meaning, meaningIcon, meaningVars } from './meaning.ts';

/** One line across the page about a state that lasts: a paused account, a stream that broke. */
export function BandNotice({
  meaning = 'neutral',
  icon,
  boxed = false,
  action,
  children,
}: {
  meaning?: Meaning;
  icon?: LucideIcon;
  /** With a border of its own, inside a page body. */
  boxed?: boolean;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={clsx('band', meaningVars(meaning), boxed && 'boxed')} role="status">
      <Icon icon={icon ?? meaningIcon(meaning)} size={14} />
      <span>{children}</span>
      {action !== undefined && <span className="end">{action}</span>}
    </div>
  );
}
