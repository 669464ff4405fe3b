import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { CircleCheck, Filter, Hourglass, Inbox, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

type Kind = 'empty' | 'no-match' | 'error' | 'slow' | 'done';

const LOOKS: Record<Kind, { icon: LucideIcon; meaning: string }> = {
  empty: { icon: Inbox, meaning: '' },
  'no-match': { icon: Filter, meaning: '' },
  error: { icon: TriangleAlert, meaning: 'm m-needs' },
  slow: { icon: Hourglass, meaning: '' },
  done: { icon: CircleCheck, meaning: 'm m-good' },
};

/**
 * Why there are no rows, and what to do. empty: nothing yet, teaches the next step · no-match: names the filter
 * to drop · error: the read failed, with an id to quote · slow: still reading · done: all work is finished.
 */
export function EmptyState({
  kind,
  title,
  icon,
  errorId,
  actions,
  children,
}: {
  kind: Kind;
  title: ReactNode;
  icon?: LucideIcon;
  errorId?: string | undefined;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const look = LOOKS[kind];
  return (
    <div className="empty" role={kind === 'error' ? 'alert' : undefined}>
      <span className={clsx('ic', look.meaning)}>
        <Icon icon={icon ?? look.icon} />
      </span>
      <p className="et">{title}</p>
      {(children !== undefined || errorId !== undefined) && (
        <p>
          {children} {errorId !== undefined && <span className="mono nowrap">{errorId}</span>}
        </p>
      )}
      {actions !== undefined && <div className="acts">{actions}</div>}
    </div>
  );
}
