import { Link } from '@remix-run/react';
import clsx from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';

export type TabItem = { key: string; to: string; label: string; count?: string | number | null };

/** Saved views or parts of a page as links; the current one is `aria-current`. `end` holds menus and "save". */
export function Tabs({
  label,
  items,
  current,
  inner = false,
  end,
}: {
  label: string;
  items: readonly TabItem[];
  current: string;
  /** Smaller, without side padding, inside a panel. */
  inner?: boolean;
  end?: ReactNode;
}) {
  const here = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current tab is scrolled to when it changes
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav className={clsx('tabs', inner && 'inner')} aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.key}
          ref={item.key === current ? here : undefined}
          to={item.to}
          preventScrollReset
          aria-current={item.key === current ? 'page' : undefined}
        >
          {item.label}
          {item.count != null && <span className="n">{item.count}</span>}
        </Link>
      ))}
      {end}
    </nav>
  );
}
